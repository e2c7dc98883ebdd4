package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Outcome.AlreadyDone;
import io.ridethrough.run.Outcome.Done;
import io.ridethrough.run.Outcome.Failed;
import io.ridethrough.run.Outcome.Refused;
import io.ridethrough.run.Outcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The one way in which anything is done to anything: observe, record the intention, act, observe until, escalate (R18
 * to R21). A timeout is unknown, never failed: one looks before anything else is sent.
 */
final class StepProtocol {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(40);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration BLIND_PATIENCE = Duration.ofSeconds(15);

    private final Hands hands;
    private final Journal journal;
    private final Standing standing;
    private final Time time;
    private final Executor executor;
    private final Wakes wakes;

    StepProtocol(Hands hands, Journal journal, Standing standing, Time time, Executor executor) {
        this.hands = hands;
        this.journal = journal;
        this.standing = standing;
        this.time = time;
        this.executor = executor;
        this.wakes = new Wakes(time);
    }

    /** Completes with the step's outcome, whatever happens. */
    CompletionStage<Outcome> perform(OpenRun run, Step step) {
        if (step.verb() == Verb.PHASE_END) {
            return CompletableFuture.completedFuture(phaseEnd(run, step));
        }
        List<Rung> ladder = hands.ladder(step);
        return hands.look(step).thenComposeAsync(sight -> afterFirstLook(new Work(run, step, ladder), sight), executor);
    }

    private record Work(OpenRun run, Step step, List<Rung> ladder) {
        boolean onlyLooks() {
            return ladder.isEmpty();
        }

        boolean protects() {
            return run.plan.intent().trigger() == Trigger.POWER && step.phase() == Phase.SHUTDOWN;
        }
    }

    private static Outcome phaseEnd(OpenRun run, Step end) {
        List<String> unmet = run.needsOf(end).entrySet().stream()
                .filter(need -> !need.getValue().satisfied())
                .map(need -> need.getKey().id() + " " + need.getValue().word())
                .toList();
        return unmet.isEmpty()
                ? new Done("every step of the phase is well", false)
                : new Failed("not well: " + String.join(", ", unmet));
    }

    private CompletionStage<Outcome> afterFirstLook(Work work, Sight sight) {
        if (work.onlyLooks()) {
            return settled(lookedOnly(sight));
        }
        ObjectNode observed = Notes.observed(work.step(), sight);
        note(work, Notes.OBSERVED, observed);
        standing.observed(observed);
        if (sight instanceof Sight.Desired) {
            return settled(new AlreadyDone(sight.evidence()));
        }
        if (sight instanceof Sight.Mismatch) {
            return settled(new Refused(sight.evidence()));
        }
        boolean blind = sight instanceof Sight.Unseen && work.step().verb() != Verb.WAKE;
        return blind ? blindUntil(work, time.nanos() + BLIND_PATIENCE.toNanos(), sight) : inTurn(work, sight);
    }

    /** Waits for its turn (R41); who holds the asset by then is heeded too (R36). */
    private CompletionStage<Outcome> inTurn(Work work, Sight sight) {
        return wakes.turn(work.run().contracts, work.step()).thenCompose(turn -> standing.refusal(work.step())
                .<CompletionStage<Outcome>>map(why -> settled(new Refused(why)))
                .orElseGet(() -> climb(work, 0, sight)));
    }

    private static Outcome lookedOnly(Sight sight) {
        if (sight instanceof Sight.Desired) {
            return new Done(sight.evidence(), false);
        }
        return sight instanceof Sight.Unseen ? new Unknown(sight.evidence()) : new Failed(sight.evidence());
    }

    /** It cannot be seen: look again for a while; protection then acts all the same (R34), nothing else does. */
    private CompletionStage<Outcome> blindUntil(Work work, long deadline, Sight last) {
        if (work.protects() && time.nanos() >= deadline) {
            return climb(work, 0, last);
        }
        if (time.nanos() >= deadline) {
            return settled(new Unknown(last.evidence()));
        }
        return time.after(Duration.ofSeconds(1))
                .thenComposeAsync(waited -> hands.look(work.step()), executor)
                .thenComposeAsync(
                        sight -> {
                            if (sight instanceof Sight.Unseen) {
                                return blindUntil(work, deadline, sight);
                            }
                            return afterFirstLook(work, sight);
                        },
                        executor);
    }

    private CompletionStage<Outcome> climb(Work work, int rung, Sight last) {
        Optional<String> stopped = work.run().stopped();
        if (stopped.isPresent()) {
            return settled(rung == 0 ? new Refused(stopped.get()) : given(last));
        }
        if (rung == work.ladder().size()) {
            return settled(given(last));
        }
        Rung now = work.ladder().get(rung);
        long deadline = time.nanos() + now.patience().toNanos();
        return intended(work, now)
                .thenComposeAsync(entry -> hands.act(work.step(), now, now.patience()), executor)
                .thenComposeAsync(answer -> afterAnswer(work, rung, deadline, answer), executor);
    }

    private CompletionStage<Outcome> afterAnswer(Work work, int rung, long deadline, Answer answer) {
        note(work, Notes.ANSWERED, Notes.answered(work.step(), answer));
        return hands.look(work.step())
                .thenComposeAsync(sight -> watch(work, rung, deadline, answer, sight, FIRST_PAUSE), executor);
    }

    private CompletionStage<Outcome> watch(
            Work work, int rung, long deadline, Answer answer, Sight sight, Duration pause) {
        if (sight instanceof Sight.Desired) {
            boolean forced = work.ladder().get(rung).force() == Rung.Force.FORCED;
            return settled(new Done(sight.evidence(), forced));
        }
        if (answer instanceof Answer.Declined && sight instanceof Sight.Other) {
            return climb(work, rung + 1, new Sight.Other(answer.evidence() + "; " + sight.evidence()));
        }
        if (time.nanos() >= deadline) {
            return climb(work, rung + 1, new Unanswered(answer).with(sight));
        }
        if (answer instanceof Answer.Undelivered && !(sight instanceof Sight.Unseen)) {
            return time.after(Duration.ofSeconds(1)).thenComposeAsync(waited -> again(work, rung, deadline), executor);
        }
        Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        return time.after(pause)
                .thenComposeAsync(waited -> hands.look(work.step()), executor)
                .thenComposeAsync(seen -> watch(work, rung, deadline, answer, seen, next), executor);
    }

    /** The same rung once more, allowed only because the command certainly was not delivered (R19). */
    private CompletionStage<Outcome> again(Work work, int rung, long deadline) {
        Duration left = Duration.ofNanos(Math.max(1, deadline - time.nanos()));
        Rung now = new Rung(work.ladder().get(rung).force(), left);
        journal.append(Optional.of(work.run().id), Notes.INTENTION, Notes.intention(work.step(), now));
        return hands.act(work.step(), now, left)
                .thenComposeAsync(answer -> afterAnswer(work, rung, deadline, answer), executor);
    }

    /** Joins what was said with what was seen, for the outcome's evidence. */
    private record Unanswered(Answer answer) {
        Sight with(Sight sight) {
            String both = sight.evidence() + " (answer: " + answer.evidence() + ")";
            return sight instanceof Sight.Unseen ? new Sight.Unseen(both) : new Sight.Other(both);
        }
    }

    private static Outcome given(Sight last) {
        return last instanceof Sight.Unseen ? new Unknown(last.evidence()) : new Failed(last.evidence());
    }

    private void note(Work work, String kind, ObjectNode body) {
        Notes.keep(journal, work.run().id, kind, body);
    }

    /** Completes once the intention, and with it every note before, is on disk: nothing is sent before that (R18). */
    private CompletionStage<Entry> intended(Work work, Rung rung) {
        return journal.appendAsync(Optional.of(work.run().id), Notes.INTENTION, Notes.intention(work.step(), rung));
    }

    private static CompletionStage<Outcome> settled(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
