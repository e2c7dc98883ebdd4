package io.ridethrough.run;

import java.time.Duration;

/**
 * One rung of an escalation ladder.
 *
 * @param patience how long from the act until the next rung
 * @param way which of several ways to the same end it is, from 0; rungs of rising ways are one round of them
 */
public record Rung(Force force, Duration patience, int way) {
    /** A rung where there is one way only. */
    public Rung(Force force, Duration patience) {
        this(force, patience, 0);
    }

    /** The same with another patience. */
    Rung within(Duration other) {
        return new Rung(force, other, way);
    }

    /** How hard. */
    public enum Force {
        GRACEFUL,
        FORCED
    }
}
