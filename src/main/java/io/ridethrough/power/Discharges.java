package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the batteries of a site were found to deliver, and what each is taken at because of it, from its next discharge on
 * (R11). A discharge is measured while the load is as it was; after that only a battery that calls itself low tells more.
 * Not thread-safe.
 */
final class Discharges {
    private final Map<AssetId, UpsTrack> tracks;
    private final Map<AssetId, List<Discharge>> known = new TreeMap<>();
    /** What was measured of the present discharge. */
    private final Map<AssetId, Discharge> measured = new TreeMap<>();

    private final Set<AssetId> loadFell = new HashSet<>();

    Discharges(Map<AssetId, UpsTrack> tracks) {
        this.tracks = tracks;
    }

    /** Takes what an earlier process measured; of a UPS that is no more, it counts for nothing. */
    void learn(Discharge discharge) {
        if (tracks.containsKey(discharge.ups())) {
            known.computeIfAbsent(discharge.ups(), at -> new ArrayList<>()).add(discharge);
            apply(discharge.ups());
        }
    }

    private void apply(AssetId ups) {
        Optional.ofNullable(tracks.get(ups))
                .ifPresent(track -> track.deliver(Discharge.delivered(known.getOrDefault(ups, List.of()))));
    }

    /** Whether every battery was measured at least once. */
    boolean knowsAll() {
        return known.keySet().containsAll(tracks.keySet());
    }

    /** Load is about to be taken down: what was measured until now. */
    List<Discharge> loadFalls() {
        List<Discharge> all = new ArrayList<>();
        for (UpsTrack track : tracks.values()) {
            if (track.state().feed() == UpsState.Feed.BATTERY && loadFell.add(track.id())) {
                track.spent().ifPresent(all::add);
            }
        }
        return taken(all);
    }

    /**
     * Something was heard of a UPS.
     *
     * @param before what its discharge had shown before that
     */
    List<Discharge> heard(UpsTrack track, Optional<Discharge> before) {
        boolean onBattery = track.state().feed() == UpsState.Feed.BATTERY;
        List<Discharge> news = taken(
                onBattery
                        ? track.spent().filter(spent -> track.isLow() && isWorse(spent)).stream()
                                .toList()
                        : before.filter(spent -> !loadFell.contains(track.id()) && isWorse(spent)).stream()
                                .toList());
        if (!onBattery) {
            measured.remove(track.id());
            loadFell.remove(track.id());
            apply(track.id());
        }
        return news;
    }

    private boolean isWorse(Discharge spent) {
        Discharge before = measured.get(spent.ups());
        return before == null || spent.delivered() < before.delivered();
    }

    private List<Discharge> taken(Collection<Discharge> all) {
        for (Discharge discharge : all) {
            List<Discharge> before = known.computeIfAbsent(discharge.ups(), at -> new ArrayList<>());
            if (measured.put(discharge.ups(), discharge) != null) {
                before.remove(before.size() - 1);
            }
            before.add(discharge);
        }
        return List.copyOf(all);
    }
}
