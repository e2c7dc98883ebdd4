package io.ridethrough.run;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Clock and timer of a run: real, sped up in the lab, virtual in a simulation. Thread-safe. */
public interface Time {
    /** Wall time, for records. */
    Instant now();

    /** Monotonic nanoseconds, for deadlines (R9). */
    long nanos();

    /** Completes after {@code delay} of this time. */
    CompletionStage<Void> after(Duration delay);
}
