package io.ridethrough.run;

import java.time.Duration;

/**
 * One rung of an escalation ladder.
 *
 * @param patience how long from the act until the next rung
 */
public record Rung(Force force, Duration patience) {
    /** How hard. */
    public enum Force {
        GRACEFUL,
        FORCED
    }
}
