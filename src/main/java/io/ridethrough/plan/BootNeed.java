package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One thing that an asset needs to come up from nothing.
 *
 * @param why what people read, for example {@code mounts a share of home/nas}
 * @param ways each of them suffices, and needs all of its assets up; a way of none is always open
 */
record BootNeed(String why, List<NavigableSet<AssetId>> ways) {
    BootNeed {
        ways = List.copyOf(ways);
    }

    /** Needs this one asset. */
    static BootNeed of(String why, AssetId asset) {
        return new BootNeed(why, List.of(new TreeSet<>(List.of(asset))));
    }

    /** When it is met at the earliest and by which asset last, if what is up so far meets it. */
    Optional<Met> met(Map<AssetId, Duration> up) {
        return ways.stream()
                .filter(way -> up.keySet().containsAll(way))
                .map(way -> Met.by(way, up))
                .min(Comparator.comparing(Met::at));
    }

    /** An asset that is missing for it. */
    Optional<AssetId> missing(Map<AssetId, Duration> up) {
        return ways.stream()
                .flatMap(Collection::stream)
                .filter(asset -> !up.containsKey(asset))
                .findFirst();
    }

    /**
     * A need that is met.
     *
     * @param at how long after everything was dark
     * @param last the asset that it waited for, if for any
     */
    record Met(Duration at, Optional<AssetId> last) {
        private static Met by(NavigableSet<AssetId> way, Map<AssetId, Duration> up) {
            return way.stream()
                    .map(asset -> new Met(up.getOrDefault(asset, Duration.ZERO), Optional.of(asset)))
                    .max(Comparator.comparing(Met::at))
                    .orElse(new Met(Duration.ZERO, Optional.empty()));
        }
    }
}
