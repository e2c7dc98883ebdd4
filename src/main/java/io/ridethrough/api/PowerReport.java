package io.ridethrough.api;

import io.ridethrough.contract.SiteId;
import java.time.Instant;
import java.util.List;

/** What is known of a site's power. */
@FunctionalInterface
public interface PowerReport {
    /** How it stands now, in one line for people. */
    String report(SiteId site);

    /** What was decided last, newest first. */
    default List<Decided> lately(SiteId site) {
        return List.of();
    }

    /**
     * A decision as it was journalled.
     *
     * @param reason how it stood then, and why
     */
    record Decided(Instant at, String decision, String reason) {}
}
