package io.ridethrough.run;

import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ready step, from its turn to its outcome. It waits while a need is done again, and, in a run that asks, while a
 * need is not well; a person's word settles it at any time (R33).
 */
final class Acting {
    private static final Logger LOG = LoggerFactory.getLogger(Acting.class);

    private final StepProtocol protocol;
    private final Standing standing;
    private final Settling settling;
    private final Time time;
    private final Executor executor;

    Acting(StepProtocol protocol, Standing standing, Settling settling, Time time, Executor executor) {
        this.protocol = protocol;
        this.standing = standing;
        this.settling = settling;
        this.time = time;
        this.executor = executor;
    }

    /** A step that has been taken up, from when. */
    private record Taken(OpenRun run, Step step, Instant begun, long from) {}

    /** Completes when the step has settled, always normally. */
    CompletionStage<Settled> act(OpenRun run, Step step) {
        CompletionStage<Void> change = run.change();
        Taken taken = new Taken(run, step, time.now(), time.nanos());
        Optional<Settled> settled;
        boolean last;
        synchronized (run.deciding) {
            if (!run.needsHaveSettled(step) || halts(run, step)) {
                return change.thenComposeAsync(changed -> act(run, step), executor);
            }
            if (!run.take(step, taken.begun())) {
                throw new IllegalStateException(step.id() + " of " + run.id + " was made ready twice");
            }
            settled = atOnce(run, step).map(outcome -> settled(taken, outcome));
            last = settled.isPresent() && settling.record(run, settled.get());
        }
        return settled.<CompletionStage<Settled>>map(
                        done -> CompletableFuture.completedFuture(settling.told(run, done, last)))
                .orElseGet(() -> perform(taken).thenApply(outcome -> settling.settle(run, settled(taken, outcome))));
    }

    private Settled settled(Taken taken, Outcome outcome) {
        return new Settled(
                taken.run().id, taken.step(), outcome, taken.begun(), Duration.ofNanos(time.nanos() - taken.from()));
    }

    /** What needs no act: what a person has settled, what is refused, and the end of a phase. */
    private Optional<Outcome> atOnce(OpenRun run, Step step) {
        if (step.verb() == Verb.PHASE_END) {
            return Optional.of(StepProtocol.phaseEnd(run, step));
        }
        return run.rulings.decision(step).or(() -> refusal(run, step).map(Outcome.Refused::new));
    }

    private CompletionStage<Outcome> perform(Taken taken) {
        OpenRun run = taken.run();
        Step step = taken.step();
        return run.limits
                .within(step, () -> protocol.perform(run, step))
                .exceptionally(trouble -> broke(run, step, trouble))
                .applyToEither(run.rulings.heard(step), outcome -> outcome);
    }

    private static Outcome broke(OpenRun run, Step step, Throwable trouble) {
        LOG.atError()
                .setCause(trouble)
                .addKeyValue("run", run.id)
                .addKeyValue("step", step.id())
                .log("A step broke; a person is needed");
        return new Outcome.Unknown("broke: " + trouble.getMessage());
    }

    private Optional<String> refusal(OpenRun run, Step step) {
        if (run.pastOf(step).last().isPresent()) {
            return run.forbidden();
        }
        return run.stopped().or(() -> standing.refusal(step)).or(() -> unmet(run, step));
    }

    private static Optional<String> unmet(OpenRun run, Step step) {
        return FailurePolicy.refusal(run.plan.intent().trigger(), step, run.needsOf(step));
    }

    /** Whether a step waits for a person, in a run that asks, since what it needs is not well (R24). */
    private static boolean halts(OpenRun run, Step step) {
        Optional<String> why = run.plan.intent().accepts(Intent.ASK_ME)
                        && run.stopped().isEmpty()
                        && run.rulings.decision(step).isEmpty()
                ? notWell(run, step)
                : Optional.empty();
        run.halt(step, why);
        return why.isPresent();
    }

    private static Optional<String> notWell(OpenRun run, Step step) {
        if (step.verb() != Verb.PHASE_END) {
            return unmet(run, step);
        }
        Outcome end = StepProtocol.phaseEnd(run, step);
        return end.satisfied() ? Optional.empty() : Optional.of(end.evidence());
    }
}
