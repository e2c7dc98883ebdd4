package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import java.util.Set;

/**
 * What earlier runs saw, as far as planning needs it (R38).
 *
 * @param known the assets that the last shutdown of their site observed before it began
 * @param running those of them that were running
 * @param held the assets that nothing may energise (R36)
 */
public record Seen(Set<AssetId> known, Set<AssetId> running, Set<AssetId> held) {
    public Seen {
        known = Set.copyOf(known);
        running = Set.copyOf(running);
        held = Set.copyOf(held);
    }

    /** Nothing was seen yet. */
    public static Seen nothing() {
        return new Seen(Set.of(), Set.of(), Set.of());
    }
}
