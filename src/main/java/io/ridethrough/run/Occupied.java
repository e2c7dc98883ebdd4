package io.ridethrough.run;

import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * What else works on an asset is waited for before planned work takes it down, boundedly and in words; in an emergency
 * by power it is aborted, since what it holds would be lost with the power anyway. Never throws.
 */
final class Occupied {
    /** How long planned work waits before it is refused. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** In an emergency, a look that answers later counts for nothing. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration ABORTS = Duration.ofSeconds(20);
    private static final Set<Verb> VERBS = Set.of(Verb.BACK_UP, Verb.SHUT_DOWN, Verb.POWER_OFF);

    private final Hands hands;
    private final Ledger ledger;
    private final Time time;
    private final Executor executor;

    Occupied(Hands hands, Ledger ledger, Time time, Executor executor) {
        this.hands = hands;
        this.ledger = ledger;
        this.time = time;
        this.executor = executor;
    }

    /** Completes when the step may act: with nothing, or with why it may not. */
    CompletionStage<Optional<String>> cleared(OpenRun run, Step step) {
        if (step.phase() != Phase.SHUTDOWN || !VERBS.contains(step.verb())) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return run.plan.intent().trigger() == Trigger.POWER
                ? soon(step).thenComposeAsync(busy -> aborted(run, step, busy), executor)
                : hands.busy(step)
                        .thenComposeAsync(busy -> waited(run, step, time.nanos() + LONGEST.toNanos(), busy), executor);
    }

    private CompletionStage<Optional<String>> waited(OpenRun run, Step step, long until, Busy busy) {
        if (!(busy instanceof Busy.Taken)) {
            run.unsay(step.id());
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Optional<String> stopped = run.stopped();
        if (stopped.isPresent() || time.nanos() >= until) {
            run.unsay(step.id());
            return CompletableFuture.completedFuture(
                    Optional.of(stopped.orElse(busy.words() + ", still after " + LONGEST.toMinutes() + " min")));
        }
        run.say(step.id(), "waits: " + busy.words());
        return time.after(PAUSE)
                .thenComposeAsync(passed -> hands.busy(step), executor)
                .thenComposeAsync(now -> waited(run, step, until, now), executor);
    }

    private CompletionStage<Optional<String>> aborted(OpenRun run, Step step, Busy busy) {
        if (!(busy instanceof Busy.Taken)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        ledger.write(run, Notes.INTERRUPTED, Notes.of(step).put("what", busy.words()));
        run.changedManner(aborted(step.id(), busy.words()));
        Optional<String> stopped = run.stopped();
        if (stopped.isPresent()) {
            return CompletableFuture.completedFuture(stopped);
        }
        long until = time.nanos() + ABORTS.toNanos();
        CompletableFuture<Answer> late = time.after(ABORTS)
                .<Answer>thenApply(passed -> new Answer.Lost("not answered in time"))
                .toCompletableFuture();
        return hands.interrupt(step, LOOK)
                .toCompletableFuture()
                .applyToEither(late, answer -> answer)
                .thenComposeAsync(
                        answer -> {
                            ledger.note(run, Notes.INTERRUPTED, Notes.answered(step, answer));
                            return ended(step, until);
                        },
                        executor);
    }

    /** What an emergency does otherwise than planned work, for the receipt. */
    static String aborted(StepId step, String what) {
        return step + ": aborted, not waited for: " + what;
    }

    /** What was told to end gets a moment for it; the emergency goes on in any case. */
    private CompletionStage<Optional<String>> ended(Step step, long until) {
        return soon(step)
                .thenComposeAsync(
                        busy -> busy instanceof Busy.Taken && time.nanos() < until
                                ? time.after(Duration.ofSeconds(1))
                                        .thenComposeAsync(passed -> ended(step, until), executor)
                                : CompletableFuture.completedFuture(Optional.empty()),
                        executor);
    }

    private CompletionStage<Busy> soon(Step step) {
        CompletableFuture<Busy> late = time.after(LOOK)
                .<Busy>thenApply(passed -> new Busy.Unseen("no answer in time"))
                .toCompletableFuture();
        return hands.busy(step).toCompletableFuture().applyToEither(late, busy -> busy);
    }
}
