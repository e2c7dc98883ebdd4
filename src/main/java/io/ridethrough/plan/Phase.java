package io.ridethrough.plan;

import java.util.Locale;

/** The parts of a run, in the only order they come in. */
public enum Phase {
    PRECHECK,
    SHUTDOWN,
    /** Of mode reboot only: what is declared between, and the reboot of a drained node. */
    REBOOT,
    STARTUP,
    RECOVERY,
    VERIFY;

    /** The word people use: {@code shutdown}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
