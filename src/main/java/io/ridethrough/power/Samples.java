package io.ridethrough.power;

import java.time.Duration;
import java.util.OptionalLong;

/** The live samples of one outage at one UPS (R2). Times are monotonic nanoseconds. */
final class Samples {
    /** Samples closer than this are one sample (R2). */
    static final long APART = Duration.ofSeconds(2).toNanos();

    private OptionalLong firstOut = OptionalLong.empty();
    private OptionalLong secondOut = OptionalLong.empty();
    private OptionalLong firstCritical = OptionalLong.empty();
    private OptionalLong secondCritical = OptionalLong.empty();

    void take(UpsState state, long now) {
        if (firstOut.isEmpty()) {
            firstOut = OptionalLong.of(now);
        } else if (now - firstOut.getAsLong() >= APART) {
            secondOut = OptionalLong.of(now);
        }
        if (state instanceof UpsState.OnBattery) {
            firstCritical = OptionalLong.empty();
            secondCritical = OptionalLong.empty();
            return;
        }
        if (firstCritical.isEmpty()) {
            firstCritical = OptionalLong.of(now);
        }
        if (state instanceof UpsState.Forced || now - firstCritical.getAsLong() >= APART) {
            secondCritical = OptionalLong.of(now);
        }
    }

    /** Whether any was live. */
    boolean any() {
        return firstOut.isPresent();
    }

    /** When a second one, apart in time, said that it is on battery. */
    OptionalLong second() {
        return secondOut;
    }

    /** Since when it is critical, once a second sample has confirmed it, or at once for a live FSD. */
    OptionalLong criticalSince() {
        return secondCritical.isPresent() ? firstCritical : OptionalLong.empty();
    }

    void forget() {
        firstOut = OptionalLong.empty();
        secondOut = OptionalLong.empty();
        firstCritical = OptionalLong.empty();
        secondCritical = OptionalLong.empty();
    }
}
