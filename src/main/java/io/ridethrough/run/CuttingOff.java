package io.ridethrough.run;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.HandOver;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * When a UPS may cut its load: as the last act of a shutdown by power, with all that it feeds proven off, and later when
 * any of that is only inferred (R35).
 */
final class CuttingOff {
    private final Hands hands;
    private final CallingBack callingBack;
    private final Time time;
    private final Executor executor;

    CuttingOff(Hands hands, CallingBack callingBack, Time time, Executor executor) {
        this.hands = hands;
        this.callingBack = callingBack;
        this.time = time;
        this.executor = executor;
    }

    /** The step's outcome. Where the end was handed over, the UPS was told then: here is seen what came of it. */
    CompletionStage<Outcome> perform(OpenRun run, Step step, Supplier<CompletionStage<Outcome>> act) {
        if (HandOver.of(run.plan).isPresent()) {
            return toldAtTheSeal(run, step);
        }
        Optional<String> notOff = notOff(run, step);
        if (notOff.isPresent()) {
            return done(new Outcome.Refused("its load stays on: " + notOff.get()));
        }
        boolean inferred = run.needsOf(step).values().stream().anyMatch(CuttingOff::isInferred);
        return inferred ? time.after(longest(run, step)).thenComposeAsync(waited -> act.get(), executor) : act.get();
    }

    /** Why its load must stay on, of what has settled by now. */
    static Optional<String> notOff(OpenRun run, Step step) {
        return step.needs().stream()
                .flatMap(need -> run.settled(need).stream())
                .filter(need -> need.step().verb() == Verb.POWER_OFF)
                .filter(need -> !need.outcome().seen())
                .map(need -> need.step().asset().map(AssetId::toString).orElse("") + " is not proven off: "
                        + need.outcome().evidence())
                .findFirst();
    }

    private static boolean isInferred(Outcome outcome) {
        return outcome.evidence().startsWith(Sight.INFERRED);
    }

    private static Duration longest(OpenRun run, Step step) {
        return run.needsOf(step).keySet().stream()
                .map(Step::expected)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** A UPS that still counts down would cut what has come back: it is called back. */
    private CompletionStage<Outcome> toldAtTheSeal(OpenRun run, Step step) {
        AssetId ups = step.asset().orElseThrow();
        boolean took = run.pastOf(step)
                .last()
                .flatMap(Past.Attempt::answer)
                .filter(Answer.Accepted.class::isInstance)
                .isPresent();
        return hands.tail()
                .isTold(ups)
                .thenComposeAsync(
                        sight -> {
                            if (sight instanceof Sight.Desired) {
                                return callingBack.one(run, ups).thenApply(left -> left.<Outcome>map(
                                                why -> new Outcome.Failed("we are back before its time: " + why))
                                        .orElseGet(
                                                () -> new Outcome.Refused("we are back before its time: called back")));
                            }
                            return done(
                                    took
                                            ? new Outcome.Done(
                                                    "it was told before our own end; now: " + sight.evidence(), false)
                                            : new Outcome.Refused(
                                                    "it was not told, or called back; now: " + sight.evidence()));
                        },
                        executor);
    }

    private static CompletionStage<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
