package io.ridethrough.api;

import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.IfPowerFailed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known of a site's power. */
@FunctionalInterface
public interface PowerReport {
    /** How it stands now, in one line for people. */
    String report(SiteId site);

    /** What was decided last, newest first. */
    default List<Decided> lately(SiteId site) {
        return List.of();
    }

    /** What would happen if power failed now; empty for a site that no UPS feeds. */
    default Optional<IfPowerFailed> ifPowerFailed(SiteId site) {
        return Optional.empty();
    }

    /**
     * A decision as it was journalled.
     *
     * @param reason how it stood then, and why
     */
    record Decided(Instant at, String decision, String reason) {}
}
