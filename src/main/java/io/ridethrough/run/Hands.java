package io.ridethrough.run;

import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How a run touches the world. Implementations never throw: every trouble is a {@link Sight} or an {@link Answer}.
 * Stages may complete on any thread.
 */
public interface Hands {
    /** Looks whether the step's asset is as the step wants it. Changes nothing. */
    CompletionStage<Sight> look(Step step);

    /** The same once its command was intended at {@code since}, for what is told by its time. */
    default CompletionStage<Sight> look(Step step, Instant since) {
        return look(step);
    }

    /** Sends one command, bounded by {@code limit} here and on the far side. */
    CompletionStage<Answer> act(Step step, Rung rung, Duration limit);

    /** The same for hands to whose command it matters who or what wants it, and what for. */
    default CompletionStage<Answer> act(Intent intent, Step step, Rung rung, Duration limit) {
        return act(step, rung, limit);
    }

    /**
     * Asks the far side whether a command that was intended at {@code since} has arrived (R19). Changes nothing. Hands
     * that cannot ask say so.
     */
    default CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        return CompletableFuture.completedFuture(new Trace.Untold("no record of commands is kept there"));
    }

    /** Whether something else works on the step's asset which taking it down would spoil. Changes nothing. */
    default CompletionStage<Busy> busy(Step step) {
        return CompletableFuture.completedFuture(new Busy.Free("nothing can work on it"));
    }

    /** Aborts what {@link #busy} found. */
    default CompletionStage<Answer> interrupt(Step step, Duration limit) {
        return CompletableFuture.completedFuture(new Answer.Declined("nothing that could be aborted"));
    }

    /** How machines are told to power off by themselves, after us. */
    default Tail tail() {
        return Tail.NONE;
    }

    /** The ladder this step's asset permits, first rung first; empty for verbs that only look. */
    List<Rung> ladder(Step step);
}
