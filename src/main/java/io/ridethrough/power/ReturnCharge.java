package io.ridethrough.power;

import java.time.Duration;

/**
 * How far a battery must be charged before a site comes up on it: as declared, and for one more shutdown (R17).
 *
 * @param declared percent
 * @param shutdown what a shutdown takes by forecast
 */
record ReturnCharge(int declared, Duration shutdown) {
    /** No forecast has a site wait for more: the last percents take a battery hours, or never come. */
    private static final int MOST = 90;

    /** Percent; a battery gives in proportion to its charge what it gives when it is full. */
    int of(UpsTrack ups) {
        long full = ups.runtimeWhenFull().toMillis();
        long needed = 100 * shutdown.plus(Lasts.RESERVE).toMillis();
        int shutdowns = full == 0 ? 0 : (int) Math.min(MOST, (needed + full - 1) / full);
        return Math.max(declared, shutdowns);
    }

    /** For people: {@code 80 % of 50 % needed}. */
    String words(UpsTrack ups) {
        String why = of(ups) > declared ? " for one more shutdown of " + Say.seconds(shutdown) : "";
        return ups.reading().charge().orElse(0) + " % of " + of(ups) + " % needed" + why;
    }

    boolean isReached(UpsTrack ups) {
        return ups.reading().charge().orElse(0) >= of(ups);
    }
}
