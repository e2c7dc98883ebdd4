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
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * The one way in which anything is done to anything: observe, record the intention, act, observe until, escalate (R18
 * to R21). A timeout is unknown, never failed: one looks before anything else is sent.
 */
final class StepProtocol {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(40);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration BLIND_PATIENCE = Duration.ofSeconds(15);
    /** The grace that a command asks for when the battery leaves none. */
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final Set<Verb> GRACIOUS = EnumSet.of(Verb.SHUT_DOWN, Verb.COMPOSE_STOP, Verb.COMPOSE_DOWN);
    /** In an emergency a login that rests for now is no reason to leave these alone for good. */
    private static final Set<Verb> WAITED_FOR = EnumSet.of(Verb.SHUT_DOWN, Verb.POWER_OFF);

    private static final Duration ASK_PAUSE = Duration.ofSeconds(10);

    private final Hands hands;
    private final AskedTwice asked;
    private final Ledger ledger;
    private final Standing standing;
    private final Time time;
    private final Executor executor;
    private final Wakes wakes;
    private final HandingOver handingOver;
    private final CuttingOff cuttingOff;
    private final Rebooting rebooting;
    private final Occupied occupied;

    StepProtocol(Hands hands, Ledger ledger, Standing standing, Time time, Executor executor) {
        this.hands = hands;
        this.asked = new AskedTwice(hands, time);
        this.ledger = ledger;
        this.standing = standing;
        this.time = time;
        this.executor = executor;
        this.wakes = new Wakes(time);
        this.occupied = new Occupied(hands, ledger, time, executor);
        this.rebooting = new Rebooting(hands, ledger, standing, time, executor);
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
        if (step.verb() == Verb.REBOOT) {
            return rebooting.perform(run, step);
        }
        if (step.verb() == Verb.CUT_OFF) {
            return cuttingOff.perform(run, step, () -> protocol(run, step));
        }
        return protocol(run, step);
    }

    private CompletionStage<Outcome> protocol(OpenRun run, Step step) {
        Work work = new Work(run, step, hands.ladder(step));
        return run.pastOf(step)
                .last()
                .map(last -> hands.look(step, last.at()))
                .orElseGet(() -> asked.look(step))
                .thenComposeAsync(sight -> afterFirstLook(work, sight), executor);
    }

    private record Work(OpenRun run, Step step, List<Rung> ladder) {
        boolean onlyLooks() {
            return ladder.isEmpty();
        }

        /** Why nothing more is sent: the run was stopped, or a person has settled the step. */
        Optional<String> noMore() {
            return run.rulings.decision(step).map(Outcome::evidence).or(run::stopped);
        }

        /** Whether the next rung is another way of the same round: it need not wait for one that could not be tried. */
        boolean hasAnotherWay(int rung) {
            return rung + 1 < ladder.size()
                    && ladder.get(rung + 1).way() > ladder.get(rung).way();
        }

        /** Until when a rung has time, by its own patience and by what the battery leaves (R12). */
        long until(int rung, long deadline) {
            boolean forceFollows = rung + 1 < ladder.size()
                    && ladder.get(rung + 1).force() == Rung.Force.FORCED
                    && ladder.get(rung).force() != Rung.Force.FORCED;
            return Math.min(deadline, run.budget.latest(step, forceFollows).orElse(Long.MAX_VALUE));
        }

        boolean protects() {
            return run.plan.intent().trigger() == Trigger.POWER && step.phase() == Phase.SHUTDOWN;
        }
    }

    static Outcome phaseEnd(OpenRun run, Step end) {
        Map<Boolean, List<String>> unmet = run.needsOf(end).entrySet().stream()
                .filter(need -> !need.getValue().satisfied())
                .collect(Collectors.partitioningBy(
                        need -> run.wasSoBefore(need.getKey(), need.getValue()),
                        Collectors.mapping(
                                need -> need.getKey().id() + " "
                                        + need.getValue().word(),
                                Collectors.toList())));
        List<String> regressions = unmet.getOrDefault(false, List.of());
        List<String> before = unmet.getOrDefault(true, List.of());
        String known = before.isEmpty() ? "" : ", but what was so before the run: " + String.join(", ", before);
        return regressions.isEmpty()
                ? new Done("every step of the phase is well" + byWord(run, end) + known, false)
                : new Failed("not well: " + String.join(", ", regressions) + known);
    }

    private static String byWord(OpenRun run, Step end) {
        List<String> said = run.needsOf(end).entrySet().stream()
                .filter(need -> need.getValue().isPersonsWord())
                .map(need -> need.getKey().id() + " " + need.getValue().word())
                .toList();
        return said.isEmpty() ? "" : ", but by a person's word: " + String.join(", ", said);
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
        return blind ? blindUntil(work, time.nanos() + blindPatience(work).toNanos(), sight) : inTurn(work, sight);
    }

    /** What a stack runs on was only seen to have been started, and may be booting for as long as the stack itself has. */
    private static Duration blindPatience(Work work) {
        Duration first = work.ladder().get(0).patience();
        boolean boots = work.step().verb() == Verb.COMPOSE_UP && first.compareTo(BLIND_PATIENCE) > 0;
        return boots ? first : BLIND_PATIENCE;
    }

    /** Waits for its turn (R41); who holds the asset by then is heeded too (R36). */
    private CompletionStage<Outcome> inTurn(Work work, Sight sight) {
        return wakes.turn(work.run().contracts, work.step()).thenCompose(turn -> standing.refusal(work.step())
                .<CompletionStage<Outcome>>map(why -> settled(new Refused(why)))
                .orElseGet(() -> unoccupied(work, sight)));
    }

    private CompletionStage<Outcome> unoccupied(Work work, Sight sight) {
        return occupied.cleared(work.run(), work.step())
                .thenComposeAsync(
                        why -> why.<CompletionStage<Outcome>>map(words -> settled(new Refused(words)))
                                .orElseGet(() -> climb(work, 0, sight)),
                        executor);
    }

    /** Only the first look of a run tells what was there before it (R38). */
    private void observed(Work work, Past past, Sight sight) {
        ObjectNode observed = FirstLook.observed(work.run(), work.step(), sight, standing);
        if (past.observed()) {
            observed.put("again", true);
        }
        if (!(sight instanceof Sight.Unseen)) {
            work.run().observed(work.step());
        }
        ledger.note(work.run(), Notes.OBSERVED, observed);
        standing.observed(observed);
    }

    private static Outcome lookedOnly(Work work, Sight sight) {
        Gate gate = Gate.VERBS.contains(work.step().verb())
                ? Gate.of(work.step(), sight, work.run().plan.intent())
                : new Gate.Denied(sight.evidence());
        if (sight instanceof Sight.Desired || !(gate instanceof Gate.Denied)) {
            return new Done(gate.why(), false);
        }
        return sight instanceof Sight.Unseen ? new Unknown(gate.why()) : new Failed(gate.why());
    }

    /** It cannot be seen: look again for a while; protection then acts all the same (R34), nothing else does. */
    private CompletionStage<Outcome> blindUntil(Work work, long deadline, Sight last) {
        if (work.noMore().isPresent()) {
            return climb(work, 0, last);
        }
        if (work.protects() && time.nanos() >= work.until(0, deadline)) {
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
        Optional<String> stopped = work.noMore();
        if (stopped.isPresent()) {
            return settled(rung == 0 ? new Refused(stopped.get()) : given(last));
        }
        if (rung == work.ladder().size()) {
            return settled(given(outOfTime(work, rung - 1) ? withoutTime(last) : last));
        }
        return send(work, rung, work.ladder().get(rung), last, Optional.empty());
    }

    /** The intention, durable, and only then the act, which is given its time from then on, however late that is. */
    private CompletionStage<Outcome> send(Work work, int rung, Rung declared, Sight last, Optional<Instant> lost) {
        Rung how = shortened(work, rung, declared);
        Optional<String> held = standing.refusal(work.step())
                .or(() -> standing.carries(work.step(), work.run().contracts))
                .or(() -> work.run().sends(work.step()));
        ObjectNode intention = Notes.intention(work.step(), how, rung);
        CompletionStage<Optional<String>> forbidden =
                held.isPresent() ? CompletableFuture.completedFuture(held) : ledger.intend(work.run(), intention);
        return forbidden.thenComposeAsync(
                notWritten -> {
                    Optional<String> why = notWritten.or(
                            () -> work.run().rulings.decision(work.step()).map(Outcome::evidence));
                    if (why.isPresent()) {
                        return settled(rung == 0 ? new Refused(why.get()) : given(last));
                    }
                    standing.intended(intention);
                    long deadline = time.nanos() + how.patience().toNanos();
                    Instant at = time.now();
                    CompletionStage<Answer> call =
                            hands.act(work.run().plan.intent(), work.step(), how, how.patience());
                    return answer(work, rung, call)
                            .thenComposeAsync(
                                    answer -> afterAnswer(work, sent(rung, deadline, answer, at, lost, call)),
                                    executor);
                },
                executor);
    }

    /** What the target says, or that nobody waits for it any longer, since the battery ends (R12). */
    private CompletionStage<Answer> answer(Work work, int rung, CompletionStage<Answer> said) {
        if (!work.protects() && !isLetGo(work)) {
            return said;
        }
        CompletableFuture<Answer> first = new CompletableFuture<>();
        hearOut(first, work, rung);
        return said.applyToEither(first, answer -> {
            first.complete(answer);
            return answer;
        });
    }

    /** Whether whatever stops the run need not wait for the end of it: it harms nobody. */
    private static boolean isLetGo(Work work) {
        return work.step().verb() == Verb.BACK_UP;
    }

    /** Whether the battery ends its time, not its own patience. */
    private boolean outOfTime(Work work, int rung) {
        return time.nanos() >= work.until(rung, Long.MAX_VALUE);
    }

    private static Sight withoutTime(Sight last) {
        String words = last.evidence() + "; not waited for any longer, since the battery ends";
        return last instanceof Sight.Unseen ? new Sight.Unseen(words) : new Sight.Other(words);
    }

    private void hearOut(CompletableFuture<Answer> answer, Work work, int rung) {
        if (outOfTime(work, rung)) {
            answer.complete(new Answer.Lost("the battery leaves no time to wait for its answer"));
        } else if (isLetGo(work) && work.run().stopped().isPresent()) {
            answer.complete(new Answer.Lost("its answer is not waited for, since the run was stopped"));
        } else if (!answer.isDone()) {
            time.after(GLANCE).thenRun(() -> hearOut(answer, work, rung));
        }
    }

    /** With the grace that the battery leaves (R12). What ends at once, or cannot be hurried, keeps its time to arrive. */
    private Rung shortened(Work work, int rung, Rung declared) {
        long now = time.nanos();
        long patience = declared.patience().toNanos();
        long left = work.until(rung, now + patience) - now;
        boolean hasGrace = declared.force() == Rung.Force.GRACEFUL
                && GRACIOUS.contains(work.step().verb());
        return hasGrace && left < patience
                ? declared.within(Duration.ofNanos(Math.max(SHORTEST.toNanos(), left)))
                : declared;
    }

    private boolean late(Work work, Sent sent) {
        return time.nanos() >= work.until(sent.rung(), sent.deadline());
    }

    private CompletionStage<Outcome> afterAnswer(Work work, Sent sent) {
        ledger.note(work.run(), Notes.ANSWERED, Notes.answered(work.step(), sent.answer()));
        return hands.look(work.step(), sent.since())
                .thenComposeAsync(sight -> watch(work, sent, sight, FIRST_PAUSE), executor);
    }

    /**
     * A command on its way.
     *
     * @param deadline until when it has time
     * @param answer what the target said
     * @param at when it was intended
     * @param lost when the same was sent before and its answer lost
     * @param asks when the far side is asked next what became of it, where it did not answer
     * @param call what carries it there; not done while nobody waits for it any longer, and it may still arrive
     */
    private record Sent(
            int rung,
            long deadline,
            Answer answer,
            Instant at,
            Optional<Instant> lost,
            long asks,
            CompletableFuture<?> call) {
        boolean unanswered() {
            return answer instanceof Answer.Lost;
        }

        /** When it was intended first. */
        Instant since() {
            return lost.orElse(at);
        }

        Sent with(Answer known, long nextAsk) {
            return new Sent(rung, deadline, known, at, lost, nextAsk, call);
        }
    }

    private Sent sent(
            int rung, long deadline, Answer answer, Instant at, Optional<Instant> lost, CompletionStage<Answer> call) {
        return new Sent(
                rung, deadline, answer, at, lost, time.nanos() + ASK_PAUSE.toNanos(), call.toCompletableFuture());
    }

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
        Answer known = last.answer().orElse(ENDED);
        Sent sent = sent(rung, deadline, known, last.at(), Optional.empty(), CompletableFuture.completedFuture(known));
        if (sight instanceof Sight.Desired || last.answer().isPresent()) {
            return watch(work, sent, sight, FIRST_PAUSE);
        }
        return ask(work, sent, sight, FIRST_PAUSE);
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
        if (work.run().rulings.decision(work.step()).isPresent()) {
            return settled(given(sight));
        }
        if (sight instanceof Sight.Desired) {
            boolean forced = work.ladder().get(rung).force() == Rung.Force.FORCED;
            return settled(new Done(sight.evidence(), forced));
        }
        boolean comesUp = work.step().verb() == Verb.WAKE;
        if (answer instanceof Answer.Declined && sight instanceof Sight.Other && !comesUp) {
            return climb(work, rung + 1, new Sight.Other(answer.evidence() + "; " + sight.evidence()));
        }
        boolean untried = answer instanceof Answer.Undelivered || answer instanceof Answer.Declined;
        if (untried && work.hasAnotherWay(rung)) {
            return climb(work, rung + 1, new Unanswered(answer).with(sight));
        }
        boolean resting = answer instanceof Answer.Resting;
        boolean waits =
                resting && work.protects() && WAITED_FOR.contains(work.step().verb());
        if ((resting && !waits) || answer instanceof Answer.Barred) {
            return settled(given(new Unanswered(answer).with(sight)));
        }
        if (work.run().stopped().isPresent() && (answer instanceof Answer.Awaited || isLetGo(work))) {
            return settled(given(new Unanswered(answer).with(sight)));
        }
        boolean late = late(work, sent);
        if (sent.unanswered() && sight instanceof Sight.Other && (late || time.nanos() >= sent.asks())) {
            return ask(work, sent, sight, pause);
        }
        if (late) {
            return climb(work, rung + 1, new Unanswered(answer).with(sight));
        }
        if ((resting || answer instanceof Answer.Undelivered) && !(sight instanceof Sight.Unseen)) {
            return time.after(Duration.ofSeconds(1))
                    .thenComposeAsync(waited -> again(work, sent, deadline, sight), executor);
        }
        return watchOn(work, sent, pause);
    }

    private CompletionStage<Outcome> watchOn(Work work, Sent sent, Duration pause) {
        Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        return time.after(pause)
                .thenComposeAsync(waited -> hands.look(work.step(), sent.since()), executor)
                .thenComposeAsync(seen -> watch(work, sent, seen, next), executor);
    }

    private CompletionStage<Outcome> ask(Work work, Sent sent, Sight sight, Duration pause) {
        return hands.trace(work.step(), work.ladder().get(sent.rung()), sent.at())
                .thenComposeAsync(trace -> told(work, sent, sight, trace, pause), executor);
    }

    /**
     * What runs there, or may, is given its time and never sent again. What never arrived is sent once more by each
     * process, and so is what a dead one may not even have sent, once its time has passed and nobody can tell (R19).
     * What is still on its way has not yet failed to arrive. A battery that ends leaves no time to ask for the same once
     * more where more can be asked for (R12).
     */
    private CompletionStage<Outcome> told(Work work, Sent sent, Sight sight, Trace trace, Duration pause) {
        boolean old = sight instanceof Sight.Other;
        if (trace instanceof Trace.Failed && old) {
            return climb(work, sent.rung() + 1, new Sight.Other(trace.evidence() + "; " + sight.evidence()));
        }
        boolean late = late(work, sent);
        boolean may = (trace instanceof Trace.NeverArrived && sent.call().isDone())
                || (late && trace instanceof Trace.Untold && sent.answer().equals(ENDED));
        boolean first = sent.lost().isEmpty();
        if (trace instanceof Trace.Harmless && first && !late) {
            return again(work, sent, sent.deadline(), sight);
        }
        boolean more = sent.rung() + 1 < work.ladder().size() && work.protects() && outOfTime(work, sent.rung());
        if (may && first && old && !more) {
            long patience = work.ladder().get(sent.rung()).patience().toNanos();
            return again(work, sent, time.nanos() + patience, sight);
        }
        boolean untold = trace instanceof Trace.Untold || trace instanceof Trace.NeverArrived;
        Answer known = untold ? sent.answer() : new Answer.Lost(trace.evidence());
        return late
                ? climb(work, sent.rung() + 1, new Unanswered(known).with(sight))
                : watchOn(work, sent.with(known, time.nanos() + ASK_PAUSE.toNanos()), pause);
    }

    /** The same rung once more, allowed only because the command was not delivered or surely does no more (R19). */
    private CompletionStage<Outcome> again(Work work, Sent sent, long deadline, Sight last) {
        if (work.noMore().isPresent()) {
            return settled(given(last));
        }
        Duration left = Duration.ofNanos(Math.max(1, deadline - time.nanos()));
        Rung how = work.ladder().get(sent.rung()).within(left);
        Optional<Instant> lost = sent.unanswered() ? Optional.of(sent.at()) : sent.lost();
        return send(work, sent.rung(), how, last, lost);
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
