package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
    private final Ledger ledger;
    private final Standing standing;
    private final Time time;
    private final Executor executor;
    private final Wakes wakes;
    private final HandingOver handingOver;
    private final CuttingOff cuttingOff;

    StepProtocol(Hands hands, Ledger ledger, Standing standing, Time time, Executor executor) {
        this.hands = hands;
        this.ledger = ledger;
        this.standing = standing;
        this.time = time;
        this.executor = executor;
        this.wakes = new Wakes(time);
        this.handingOver = new HandingOver(hands, ledger, time, executor);
        this.cuttingOff = new CuttingOff(hands, new CallingBack(hands, ledger, time, executor), time, executor);
    }

    /** Completes with the step's outcome, whatever happens. */
    CompletionStage<Outcome> perform(OpenRun run, Step step) {
        if (step.verb() == Verb.PHASE_END) {
            return CompletableFuture.completedFuture(phaseEnd(run, step));
        }
        if (step.verb() == Verb.SEAL) {
            return handingOver.seal(run);
        }
        if (step.verb() == Verb.HAND_OVER) {
            return handingOver.proof(run, step);
        }
        if (step.verb() == Verb.CUT_OFF) {
            return cuttingOff.perform(run, step, () -> protocol(run, step));
        }
        return protocol(run, step);
    }

    private CompletionStage<Outcome> protocol(OpenRun run, Step step) {
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
            return settled(lookedOnly(work, sight));
        }
        Past past = work.run().pastOf(work.step());
        observed(work, past, sight);
        if (past.last().isPresent()) {
            return goOn(work, past.last().get(), sight);
        }
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

    /** Only the first look of a run tells what was there before it (R38). */
    private void observed(Work work, Past past, Sight sight) {
        ObjectNode observed = Notes.observed(work.step(), sight);
        if (past.observed()) {
            observed.put("again", true);
        }
        if (sight instanceof Sight.Desired && mayBeOurs(work)) {
            observed.put("doubtful", true);
        }
        ledger.note(work.run(), Notes.OBSERVED, observed);
        standing.observed(observed);
    }

    /** Whether a process that has ended may have taken it down without a record of it. */
    private boolean mayBeOurs(Work work) {
        return work.protects()
                && (work.run().hasGap()
                        || work.step()
                                .asset()
                                .filter(asset -> standing.wasEnteredInOutage(asset.site()))
                                .isPresent());
    }

    private static Outcome lookedOnly(Work work, Sight sight) {
        Gate gate = work.step().verb() == Verb.GUARD
                ? Gate.outOfBand(sight, work.run().plan.intent())
                : new Gate.Denied(sight.evidence());
        if (gate instanceof Gate.Granted || sight instanceof Sight.Desired) {
            return new Done(gate.why(), false);
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
        return send(work, rung, work.ladder().get(rung), last);
    }

    /** The intention, durable, and only then the act, which is given its time from then on, however late that is. */
    private CompletionStage<Outcome> send(Work work, int rung, Rung how, Sight last) {
        Optional<String> held = standing.refusal(work.step());
        CompletionStage<Optional<String>> forbidden = held.isPresent()
                ? CompletableFuture.completedFuture(held)
                : ledger.intend(work.run(), Notes.intention(work.step(), how, rung));
        return forbidden.thenComposeAsync(
                why -> {
                    if (why.isPresent()) {
                        return settled(rung == 0 ? new Refused(why.get()) : given(last));
                    }
                    long deadline = time.nanos() + how.patience().toNanos();
                    return hands.act(work.step(), how, how.patience())
                            .thenComposeAsync(answer -> afterAnswer(work, rung, deadline, answer), executor);
                },
                executor);
    }

    private CompletionStage<Outcome> afterAnswer(Work work, int rung, long deadline, Answer answer) {
        ledger.note(work.run(), Notes.ANSWERED, Notes.answered(work.step(), answer));
        return hands.look(work.step())
                .thenComposeAsync(sight -> watch(work, new Sent(rung, deadline, answer), sight, FIRST_PAUSE), executor);
    }

    /** A command on its way: its rung, until when it has time, and what the target said. */
    private record Sent(int rung, long deadline, Answer answer) {}

    /** What may have been said by a process that ended before it could write it down. */
    private static final Answer.Lost ENDED = new Answer.Lost("our process ended before an answer was recorded");

    /**
     * Goes on after a process of ours has ended between an intention and its outcome. What it sent is given its time and
     * is never sent again, unless the target proves that it never arrived, or, where nobody can tell, once its remote
     * time limit has surely passed and the old state is seen (R19).
     */
    private CompletionStage<Outcome> goOn(Work work, Past.Attempt last, Sight sight) {
        int rung = Math.min(last.rung(), work.ladder().size() - 1);
        long deadline = time.nanos() + left(work, last, work.ladder().get(rung)).toNanos();
        if (sight instanceof Sight.Desired || last.answer().isPresent()) {
            return watch(work, new Sent(rung, deadline, last.answer().orElse(ENDED)), sight, FIRST_PAUSE);
        }
        if (work.step().verb() == Verb.WAKE) {
            return again(work, rung, deadline, sight);
        }
        return hands.trace(work.step(), work.ladder().get(rung), last.at())
                .thenComposeAsync(trace -> goOn(work, rung, deadline, sight, trace), executor);
    }

    private CompletionStage<Outcome> goOn(Work work, int rung, long deadline, Sight sight, Trace trace) {
        if (trace instanceof Trace.NeverArrived && sight instanceof Sight.Other) {
            return again(
                    work,
                    rung,
                    time.nanos() + work.ladder().get(rung).patience().toNanos(),
                    sight);
        }
        Answer answer = trace instanceof Trace.Arrived ? new Answer.Lost("arrived: " + trace.evidence()) : ENDED;
        return watch(work, new Sent(rung, deadline, answer), sight, FIRST_PAUSE);
    }

    /**
     * What is left of a rung's time; all of it where the wall clock cannot be believed (R9). A power-off gets all of it
     * once more, and the time that the host needs to go: only silence can prove it now, its beginning is still to be
     * seen, and nobody watched while no process lived (R20).
     */
    private Duration left(Work work, Past.Attempt attempt, Rung rung) {
        if (work.step().verb() == Verb.POWER_OFF) {
            return rung.patience().plus(work.step().expected());
        }
        Duration passed = Duration.between(attempt.at(), time.now());
        boolean believable = !passed.isNegative() && passed.compareTo(rung.patience()) < 0;
        return believable ? rung.patience().minus(passed) : rung.patience();
    }

    private CompletionStage<Outcome> watch(Work work, Sent sent, Sight sight, Duration pause) {
        int rung = sent.rung();
        long deadline = sent.deadline();
        Answer answer = sent.answer();
        if (sight instanceof Sight.Desired) {
            boolean forced = work.ladder().get(rung).force() == Rung.Force.FORCED;
            return settled(new Done(sight.evidence(), forced));
        }
        if (answer instanceof Answer.Declined && sight instanceof Sight.Other) {
            return climb(work, rung + 1, new Sight.Other(answer.evidence() + "; " + sight.evidence()));
        }
        if (answer instanceof Answer.Barred) {
            return settled(given(new Unanswered(answer).with(sight)));
        }
        if (time.nanos() >= deadline) {
            boolean perhapsNeverSent = answer.equals(ENDED) && sight instanceof Sight.Other;
            boolean first = !work.run().pastOf(work.step()).repeated(rung);
            return perhapsNeverSent && first
                    ? again(
                            work,
                            rung,
                            deadline + work.ladder().get(rung).patience().toNanos(),
                            sight)
                    : climb(work, rung + 1, new Unanswered(answer).with(sight));
        }
        if (answer instanceof Answer.Undelivered && !(sight instanceof Sight.Unseen)) {
            return time.after(Duration.ofSeconds(1))
                    .thenComposeAsync(waited -> again(work, rung, deadline, sight), executor);
        }
        Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        return time.after(pause)
                .thenComposeAsync(waited -> hands.look(work.step()), executor)
                .thenComposeAsync(seen -> watch(work, sent, seen, next), executor);
    }

    /** The same rung once more, allowed only because the command was not delivered or surely does no more (R19). */
    private CompletionStage<Outcome> again(Work work, int rung, long deadline, Sight last) {
        if (work.run().stopped().isPresent()) {
            return settled(given(last));
        }
        Duration left = Duration.ofNanos(Math.max(1, deadline - time.nanos()));
        return send(work, rung, new Rung(work.ladder().get(rung).force(), left), last);
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

    private static CompletionStage<Outcome> settled(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
