package io.ridethrough.run;

import io.ridethrough.contract.SiteId;
import java.util.Optional;

/** What the power of sites permits. */
@FunctionalInterface
public interface Supply {
    /**
     * Why nothing that was left should move load at the site now; empty where its power is surely known, on mains and
     * charged, or mains has lasted longer than an aged battery may keep a site dark (R6, R17, R31).
     */
    Optional<String> unready(SiteId site);

    /** Power that never stands in the way. */
    static Supply always() {
        return site -> Optional.empty();
    }
}
