package io.ridethrough.run;

import java.util.List;

/**
 * A run that goes on.
 *
 * @param settled what has settled, to be told to those who wait for it
 * @param roots what waits for nothing and has not settled
 */
public record Resumed(String run, List<Settled> settled, List<ReadyStep> roots) {
    public Resumed {
        settled = List.copyOf(settled);
        roots = List.copyOf(roots);
    }
}
