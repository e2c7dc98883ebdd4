package io.ridethrough.plan;

import java.util.Locale;

/** The parts of a run, in the only order they come in. */
public enum Phase {
    PRECHECK,
    SHUTDOWN,
    STARTUP,
    RECOVERY,
    VERIFY;

    /** The word people use: {@code shutdown}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
