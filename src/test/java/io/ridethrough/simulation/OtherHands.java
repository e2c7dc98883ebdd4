package io.ridethrough.simulation;

import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Hands as other ones, for mutants to change in one place. */
class OtherHands implements Hands {
    private final Hands sound;

    OtherHands(Hands sound) {
        this.sound = sound;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        return sound.look(step);
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        return sound.act(step, rung, limit);
    }

    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        return sound.trace(step, rung, since);
    }

    @Override
    public List<Rung> ladder(Step step) {
        return sound.ladder(step);
    }
}
