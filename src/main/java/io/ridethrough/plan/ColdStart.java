package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether everything comes up when all of it is dark, by declaration alone: what can come up does so as soon as its
 * needs are up, until nothing more can. What is left waits for itself.
 *
 * @param rises for each site the way to what comes up last, first things first
 * @param byHand the nodes and NAS that only a person switches on
 * @param circles what waits for itself, in words; the last of each is what the first waits for
 * @param behind what stays down because of them, and is itself in no circle
 */
public record ColdStart(
        SortedMap<SiteId, List<Risen>> rises,
        NavigableSet<AssetId> byHand,
        List<List<String>> circles,
        NavigableSet<AssetId> behind) {
    public ColdStart {
        circles = List.copyOf(circles);
    }

    /**
     * Something that came up.
     *
     * @param at how long after everything was dark, at the earliest, where nothing fails and nothing else is waited for
     */
    public record Risen(AssetId asset, Duration at) {}

    private record Up(Duration at, Optional<AssetId> after) {}

    private record Missing(AssetId asset, String why, AssetId by) {}

    /** Of all sites at once, all of them dark. */
    public static ColdStart of(Contracts contracts) {
        Map<AssetId, Asset> assets = contracts.assets();
        BootNeeds all = new BootNeeds(contracts);
        Map<AssetId, List<BootNeed>> needs = new TreeMap<>();
        assets.forEach((id, asset) -> needs.put(id, all.of(asset)));
        Map<AssetId, Up> up = risen(assets, needs);
        SortedMap<SiteId, List<Risen>> rises = new TreeMap<>();
        contracts.sites().keySet().forEach(site -> rises.put(site, last(site, up)));
        NavigableSet<AssetId> byHand = new TreeSet<>();
        assets.values().stream().filter(BootNeeds::byHand).map(Asset::id).forEach(byHand::add);
        NavigableSet<AssetId> behind = new TreeSet<>(assets.keySet());
        behind.removeAll(up.keySet());
        return new ColdStart(rises, byHand, circles(needs, up, behind), behind);
    }

    /** Settles one asset after the other, each the earliest that is left: no later one can make it earlier. */
    private static Map<AssetId, Up> risen(Map<AssetId, Asset> assets, Map<AssetId, List<BootNeed>> needs) {
        Map<AssetId, Up> up = new TreeMap<>();
        while (true) {
            Map<AssetId, Up> next = new TreeMap<>();
            Map<AssetId, Duration> times = times(up);
            assets.forEach((id, asset) -> {
                if (!up.containsKey(id)) {
                    ready(needs.getOrDefault(id, List.of()), times)
                            .ifPresent(
                                    from -> next.put(id, new Up(from.at().plus(BootNeeds.takes(asset)), from.last())));
                }
            });
            Optional<Map.Entry<AssetId, Up>> first = next.entrySet().stream()
                    .min(Comparator.comparing(one -> one.getValue().at()));
            if (first.isEmpty()) {
                return up;
            }
            up.put(first.get().getKey(), first.get().getValue());
        }
    }

    private static Optional<BootNeed.Met> ready(List<BootNeed> needs, Map<AssetId, Duration> up) {
        BootNeed.Met latest = new BootNeed.Met(Duration.ZERO, Optional.empty());
        for (BootNeed need : needs) {
            Optional<BootNeed.Met> met = need.met(up);
            if (met.isEmpty()) {
                return met;
            }
            latest = met.get().at().compareTo(latest.at()) > 0 ? met.get() : latest;
        }
        return Optional.of(latest);
    }

    private static List<Risen> last(SiteId site, Map<AssetId, Up> up) {
        Optional<AssetId> at = up.entrySet().stream()
                .filter(one -> one.getKey().site().equals(site))
                .max(Comparator.comparing(one -> one.getValue().at()))
                .map(Map.Entry::getKey);
        List<Risen> way = new ArrayList<>();
        while (at.isPresent()) {
            Up one = Objects.requireNonNull(up.get(at.get()));
            way.add(0, new Risen(at.get(), one.at()));
            at = one.after();
        }
        return way;
    }

    /** Follows what each one waits for until it comes round; takes what lies on a circle out of {@code behind}. */
    private static List<List<String>> circles(
            Map<AssetId, List<BootNeed>> needs, Map<AssetId, Up> up, NavigableSet<AssetId> behind) {
        Map<AssetId, Missing> waits = new TreeMap<>();
        Map<AssetId, Duration> times = times(up);
        for (AssetId id : behind) {
            needs.getOrDefault(id, List.of()).stream()
                    .filter(need -> need.met(times).isEmpty())
                    .findFirst()
                    .flatMap(need -> need.missing(times).map(by -> new Missing(id, need.why(), by)))
                    .ifPresent(missing -> waits.put(id, missing));
        }
        List<List<String>> circles = new ArrayList<>();
        for (AssetId from : waits.keySet()) {
            List<AssetId> circle = circle(from, waits);
            if (behind.containsAll(circle)) {
                circle.forEach(behind::remove);
                circles.add(circle.stream()
                        .map(id -> Objects.requireNonNull(waits.get(id)))
                        .map(one -> one.asset() + " " + one.why())
                        .toList());
            }
        }
        return circles;
    }

    /** The circle that this one comes to, from its smallest asset on. */
    private static List<AssetId> circle(AssetId from, Map<AssetId, Missing> waits) {
        LinkedHashSet<AssetId> passed = new LinkedHashSet<>();
        AssetId at = from;
        while (passed.add(at)) {
            at = Objects.requireNonNull(waits.get(at)).by();
        }
        List<AssetId> way = new ArrayList<>(passed);
        List<AssetId> circle = new ArrayList<>(way.subList(way.indexOf(at), way.size()));
        Collections.rotate(circle, -circle.indexOf(Collections.min(circle)));
        return circle;
    }

    private static Map<AssetId, Duration> times(Map<AssetId, Up> up) {
        Map<AssetId, Duration> times = new TreeMap<>();
        up.forEach((id, one) -> times.put(id, one.at()));
        return times;
    }
}
