package io.ridethrough.camel;

/** Tries something that fails less and less often, counted in rounds, and at once again after it went well. Not thread-safe. */
final class Pauses {
    private static final int LONGEST = 64;

    private int pause;
    private int left;

    /** Whether this round passes without a try. */
    boolean pass() {
        boolean passes = left > 0;
        left -= passes ? 1 : 0;
        return passes;
    }

    void failed() {
        pause = Math.min(LONGEST, 2 * pause + 1);
        left = pause;
    }

    void wentWell() {
        pause = 0;
    }
}
