package io.ridethrough.run;

import io.ridethrough.contract.SiteId;
import java.util.Optional;

/** What the power of sites permits. */
@FunctionalInterface
public interface Supply {
    /** Why nothing should move load at the site now; empty where its power is known, on mains and charged (R10, R17). */
    Optional<String> unready(SiteId site);

    /** Power that never stands in the way. */
    static Supply always() {
        return site -> Optional.empty();
    }
}
