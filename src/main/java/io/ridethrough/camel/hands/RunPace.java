package io.ridethrough.camel.hands;

import io.ridethrough.run.Time;
import io.ridethrough.target.Pace;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The run's time as targets know it. */
public record RunPace(Time time) implements Pace {
    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public CompletionStage<Void> after(Duration delay) {
        return time.after(delay);
    }
}
