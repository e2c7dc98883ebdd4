package io.ridethrough.camel.hands;

import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** SEAL and HAND_OVER: seen like a power-off, and acted on through {@link Hands#tail()} alone. */
record HandedOver(Hands off) implements Hands {
    @Override
    public CompletionStage<Sight> look(Step step) {
        return off.look(step);
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        return CompletableFuture.completedFuture(new Answer.Declined("it is told beforehand, or not at all"));
    }

    @Override
    public List<Rung> ladder(Step step) {
        return off.ladder(step);
    }
}
