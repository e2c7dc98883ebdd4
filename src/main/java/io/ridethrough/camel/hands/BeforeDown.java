package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.run.HaRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is kept before something is taken down.
 *
 * @param keepsakes of guests, at the precheck of their node
 * @param highAvailability of clusters, before they let go of their guests
 * @param held what a person holds now: nothing is prepared that would energise it (R36)
 */
public record BeforeDown(Keepsakes keepsakes, HaRecord highAvailability, Predicate<AssetId> held) {
    /** Nothing is kept: for hands that never take a cluster down. */
    public static final BeforeDown NOTHING = new BeforeDown(
            Keepsakes.NONE,
            new HaRecord() {
                @Override
                public Optional<String> keep(Set<AssetId> nodes, Map<String, String> states) {
                    throw new IllegalStateException("nothing keeps what high availability was asked for");
                }

                @Override
                public Map<String, String> kept(AssetId node) {
                    return Map.of();
                }
            },
            asset -> false);
}
