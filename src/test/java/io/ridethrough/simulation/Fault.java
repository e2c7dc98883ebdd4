package io.ridethrough.simulation;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.Optional;

/**
 * One fault that a story holds ready.
 *
 * @param at the asset that it strikes; empty for those of the process, its disk, its clock and the whole net
 * @param from when it begins
 * @param until when it ends
 * @param number what else it needs to know: at which write or which command
 */
record Fault(FaultKind kind, Optional<AssetId> at, Duration from, Duration until, int number) {
    boolean lastsAt(Duration now) {
        return from.compareTo(now) <= 0 && now.compareTo(until) < 0;
    }

    @Override
    public String toString() {
        return kind + at.map(asset -> " at " + asset).orElse("") + " from " + from + " until " + until + " #" + number;
    }
}
