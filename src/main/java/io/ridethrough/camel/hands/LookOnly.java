package io.ridethrough.camel.hands;

import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A family that changes nothing: it has no ladder, and declines to act. */
interface LookOnly extends Hands {
    @Override
    default CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        return CompletableFuture.completedFuture(new Answer.Declined(step.verb() + " changes nothing"));
    }

    @Override
    default List<Rung> ladder(Step step) {
        return List.of();
    }
}
