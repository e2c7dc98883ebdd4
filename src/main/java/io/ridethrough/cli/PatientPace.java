package io.ridethrough.cli;

import io.ridethrough.target.Pace;
import io.ridethrough.target.Patience;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** How long the standard waits for an answer: in a lab whose time is fast, our own machine still needs its time for one. */
record PatientPace(Pace time, double speed) implements Pace {
    /** By the clock on the wall: more than one answer needs, since a look may take several. */
    private static final Duration LEAST = Duration.ofSeconds(5);

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public CompletionStage<Void> after(Duration limit) {
        return time.after(new Patience(speed, LEAST).ofTargets(limit));
    }
}
