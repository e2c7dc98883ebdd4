package io.ridethrough.camel.hands;

import io.ridethrough.plan.Step;
import io.ridethrough.run.Sight;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The end of a phase is reached when it is looked at. */
final class PhaseEnd implements LookOnly {
    @Override
    public CompletionStage<Sight> look(Step step) {
        return CompletableFuture.completedFuture(new Sight.Desired("every step of the phase has settled"));
    }
}
