package io.ridethrough.target;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The time in which targets are asked and waited for: the run's own, so that a faster lab is faster here too. */
public interface Pace {
    /** Monotonic nanoseconds. */
    long nanos();

    /** Completes after that much of this time. */
    CompletionStage<Void> after(Duration delay);
}
