package io.ridethrough.simulation;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Everything that a seed decides before its story begins.
 *
 * @param stopped guests that a person had stopped
 * @param keepsRecords whether targets can tell which commands arrived
 * @param deaths of the first processes, in turn; later ones do not die at a write
 */
record Drawn(
        long seed,
        Contracts contracts,
        Set<AssetId> stopped,
        boolean keepsRecords,
        Plot plot,
        List<Fault> faults,
        List<Life.Death> deaths) {
    Drawn {
        stopped = Set.copyOf(stopped);
        faults = List.copyOf(faults);
        deaths = List.copyOf(deaths);
    }

    /** When nothing more happens from outside. */
    Duration calmFrom() {
        Duration last = plot.last();
        for (Fault fault : faults) {
            last = fault.until().compareTo(last) > 0 ? fault.until() : last;
        }
        return last;
    }
}
