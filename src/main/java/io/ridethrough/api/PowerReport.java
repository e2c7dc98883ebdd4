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
     * A person's word about the outage of a site.
     *
     * @return why it has no effect, if so
     */
    default Optional<String> said(SiteId site, Word word, String reason) {
        return Optional.of("nobody follows the power of " + site);
    }

    /** What a person may say while a site is on battery. */
    enum Word {
        /** The shutdown begins later, by what the policy offers and never after its latest start. */
        DEFER,
        /** It begins now. */
        BEGIN_NOW
    }

    /**
     * A decision as it was journalled.
     *
     * @param reason how it stood then, and why
     */
    record Decided(Instant at, String decision, String reason) {}
}
