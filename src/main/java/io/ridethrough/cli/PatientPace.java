package io.ridethrough.cli;

import io.ridethrough.target.Pace;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** How long the standard waits for an answer: in a lab whose time is fast, our own machine still needs its time for one. */
record PatientPace(Pace time, double speed) implements Pace {
    /** By the clock on the wall. */
    private static final Duration LEAST = Duration.ofSeconds(5);

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public CompletionStage<Void> after(Duration limit) {
        Duration least = Duration.ofMillis((long) (LEAST.toMillis() * speed));
        return time.after(speed > 1 && limit.compareTo(least) < 0 ? least : limit);
    }
}
