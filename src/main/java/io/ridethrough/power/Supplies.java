package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Ups;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the assets of a site get from its UPSes, by their minimum supplies (R8). */
final class Supplies {
    private final Power power;
    private final Map<AssetId, UpsTrack> tracks;
    private final TreeMap<AssetId, Set<AssetId>> fed;

    Supplies(Power power, Map<AssetId, UpsTrack> tracks) {
        this.power = power;
        this.tracks = tracks;
        this.fed = new TreeMap<>(power.fedBy());
        fed.values().removeIf(supplies -> supplies.stream().noneMatch(tracks::containsKey));
    }

    List<AssetId> assets() {
        return List.copyOf(fed.keySet());
    }

    /** The first asset that has fewer supplies than it needs which are not on battery. */
    Optional<Shortage> outage() {
        boolean seen = tracks.values().stream().anyMatch(t -> t.state().feed() == UpsState.Feed.BATTERY);
        return shortage(track -> track.state().feed() != UpsState.Feed.BATTERY && !(seen && wentSilentOnMains(track)));
    }

    /** The first asset that has fewer supplies than it needs which are surely on mains. */
    Optional<Shortage> notReturned() {
        return shortage(track -> track.state().feed() == UpsState.Feed.MAINS);
    }

    /** The first asset that has fewer supplies than it needs which are on mains and known to be charged. */
    Optional<Shortage> undercharged(ReturnCharge needed) {
        return shortage(track -> track.state().feed() == UpsState.Feed.MAINS && needed.isReached(track));
    }

    /** The first asset that has fewer supplies than it needs whose charge is known. */
    Optional<Shortage> chargeUnknown() {
        return shortage(track -> track.state().feed() == UpsState.Feed.MAINS
                && track.reading().charge().isPresent());
    }

    /** Since when an asset has fewer supplies than it needs which are not critical. */
    OptionalLong criticalSince(long now) {
        return tooFew(track -> track.criticalSince(now).stream().boxed(), Comparator.<Long>naturalOrder()).stream()
                .mapToLong(Long::longValue)
                .min();
    }

    /** The same for those that call their battery low, while they speak. */
    OptionalLong lowSince(long now) {
        return tooFew(
                        track -> track.state() instanceof UpsState.LowBattery
                                ? track.criticalSince(now).stream().boxed()
                                : Stream.empty(),
                        Comparator.<Long>naturalOrder())
                .stream()
                .mapToLong(Long::longValue)
                .min();
    }

    /** The UPS that, once it is empty, leaves an asset with fewer supplies than it needs; the first such. */
    Optional<FirstEmpty> firstEmpty() {
        return firstEmpty(UpsTrack::empty);
    }

    /** The same, if mains went now. */
    Optional<FirstEmpty> firstEmptyIfMainsWent(long now) {
        return firstEmpty(track -> Optional.of(track.emptyIfMainsWent(now)));
    }

    private Optional<FirstEmpty> firstEmpty(Function<UpsTrack, Optional<Endurance.Empty>> when) {
        Comparator<FirstEmpty> order =
                Comparator.comparingLong(first -> first.empty().at());
        return tooFew(track -> when.apply(track).map(empty -> new FirstEmpty(track.id(), empty)).stream(), order)
                .stream()
                .min(order);
    }

    /** For each asset what of its supplies, in this order, is the first that it cannot spare. */
    private <T> List<T> tooFew(Function<UpsTrack, Stream<T>> lost, Comparator<T> order) {
        return fed.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(tracks::get)
                        .filter(track -> track != null)
                        .flatMap(lost)
                        .sorted(order)
                        .skip(Math.max(0, entry.getValue().size() - needs(entry.getKey())))
                        .limit(1))
                .toList();
    }

    /** The lowest known charge of all UPSes. */
    OptionalInt lowestCharge() {
        return tracks.values().stream()
                .flatMapToInt(track -> track.reading().charge().stream())
                .min();
    }

    /** How far the UPS is charged that lacks most; nothing where no charge is known. */
    Optional<String> charge(ReturnCharge needed) {
        return tracks.values().stream()
                .filter(track -> track.reading().charge().isPresent())
                .min(Comparator.comparingInt(track -> track.reading().charge().orElse(0) - needed.of(track)))
                .map(needed::words);
    }

    /** The shortest declared runtime of all UPSes. */
    Duration shortestRuntime() {
        return power.upses().stream()
                .map(Ups::runtime)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Whether any was on its battery when it was last heard. */
    boolean isAnyOnBattery() {
        return tracks.values().stream().anyMatch(track -> track.state().feed() == UpsState.Feed.BATTERY);
    }

    /** Every UPS that is not surely on mains, with what is known of it. */
    Optional<String> offMains() {
        return joined(track -> track.state().feed() == UpsState.Feed.MAINS ? "" : Alarms.notOnMains(track));
    }

    /** Every UPS on mains that is not known to be charged; mains that lasts twice its hold stands in for an unknown charge. */
    Optional<String> uncharged(Power.Policy policy, ReturnCharge enough, long now) {
        Duration needed = policy.returnHold().multipliedBy(2);
        return joined(track -> {
            if (track.mainsSince().isEmpty()) {
                return "";
            }
            OptionalInt charge = track.reading().charge();
            long lasts = now - track.mainsSince().getAsLong();
            if (charge.isPresent()) {
                return enough.isReached(track) ? "" : track.id() + " is charged to " + enough.words(track);
            }
            return lasts >= needed.toNanos()
                    ? ""
                    : "the charge of " + track.id() + " is unknown, and mains was seen for " + Say.seconds(lasts)
                            + " of " + Say.seconds(needed) + " only";
        });
    }

    /** Every UPS whose state is what its broker had kept, and was not contradicted for the outage hold yet (R6). */
    Optional<String> onlyKept(Power.Policy policy, long now) {
        return joined(track -> {
            boolean kept = track.mainsSince().isPresent() && track.reading().retained();
            return !kept || mainsFor(track, policy.outageHold(), now)
                    ? ""
                    : "what is known of " + track.id() + " is what its broker had kept, not contradicted for "
                            + Say.seconds(now - track.mainsSince().getAsLong()) + " of "
                            + Say.seconds(policy.outageHold());
        });
    }

    /** Whether every UPS was surely on mains for so long. */
    boolean mainsFor(Duration time, long now) {
        return tracks.values().stream().allMatch(track -> mainsFor(track, time, now));
    }

    private static boolean mainsFor(UpsTrack track, Duration time, long now) {
        return track.mainsSince().isPresent() && now - track.mainsSince().getAsLong() >= time.toNanos();
    }

    private Optional<String> joined(Function<UpsTrack, String> why) {
        List<String> reasons = tracks.values().stream()
                .map(why)
                .filter(reason -> !reason.isEmpty())
                .toList();
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    /**
     * R3: lost after it had said anything but battery, be it a calibration or a bypass, and another UPS says that mains is
     * gone, which took the path to this one with it.
     */
    private static boolean wentSilentOnMains(UpsTrack track) {
        boolean spoke = !track.reading().status().tokens().isEmpty();
        return spoke && track.state() instanceof UpsState.CommunicationLost;
    }

    private Optional<Shortage> shortage(Predicate<UpsTrack> counts) {
        return fed.entrySet().stream()
                .map(entry -> {
                    long has = entry.getValue().stream()
                            .map(tracks::get)
                            .filter(track -> track != null)
                            .filter(counts)
                            .count();
                    return new Shortage(entry.getKey(), has, needs(entry.getKey()));
                })
                .filter(s -> s.has() < s.needs())
                .findFirst();
    }

    private int needs(AssetId asset) {
        return power.minimum().getOrDefault(asset, 1);
    }

    /** A UPS on battery and when it will be empty. */
    record FirstEmpty(AssetId ups, Endurance.Empty empty) {}

    /** An asset and how many of its supplies count. */
    record Shortage(AssetId asset, long has, int needs) {
        @Override
        public String toString() {
            return asset + " has " + has + " of " + needs + " supplies it needs";
        }
    }
}
