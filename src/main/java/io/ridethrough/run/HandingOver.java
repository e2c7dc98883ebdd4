package io.ridethrough.run;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.HandOver;
import io.ridethrough.plan.HandOver.Hop;
import io.ridethrough.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The end of a run that takes its own process down (R30). The seal is durable before the first machine is told, and each
 * intention before its telling. The seal settles when another boot of our machine proves that everything happened, or
 * when all was called back.
 */
final class HandingOver {
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final int ROUNDS = 3;

    private final Hands hands;
    private final Ledger ledger;
    private final Time time;
    private final Executor executor;
    private final CallingBack callingBack;

    HandingOver(Hands hands, Ledger ledger, Time time, Executor executor) {
        this.hands = hands;
        this.ledger = ledger;
        this.time = time;
        this.executor = executor;
        this.callingBack = new CallingBack(hands, ledger, time, executor);
    }

    /** @param round how often all were told, from 1 */
    private record Telling(OpenRun run, HandOver told, int round, long began, List<String> troubles) {
        boolean late(Time time) {
            return time.nanos() - began > HandOver.SENDING.toNanos();
        }
    }

    /** Tells all machines, and waits for our own end. After it, or after the death of our process only: goes on. */
    CompletionStage<Outcome> seal(OpenRun run) {
        HandOver told = HandOver.of(run.plan).orElseThrow();
        Optional<Sealed> before = ledger.sealed(run);
        if (before.isEmpty()) {
            return boots(told).thenComposeAsync(boots -> sealed(run, told, boots), executor);
        }
        return hands.tail()
                .boot(told.own())
                .thenComposeAsync(
                        boot -> anotherBoot(before.get(), told, boot)
                                .<CompletionStage<Outcome>>map(proof -> done(new Outcome.Done(proof, false)))
                                .orElseGet(() -> goOn(run, told)),
                        executor);
    }

    private Optional<String> anotherBoot(Sealed sealed, HandOver told, Optional<String> machine) {
        return Sealed.another(sealed.ownBoot(), hands.tail().ownBoot())
                .or(() -> Sealed.another(sealed.boot(told.last()), machine))
                .map(proof -> "our own machine was off: " + proof);
    }

    private CompletionStage<Map<String, String>> boots(HandOver told) {
        Map<String, String> boots = new HashMap<>();
        CompletionStage<Map<String, String>> all = CompletableFuture.completedFuture(boots);
        for (Hop hop : told.hops()) {
            all = all.thenCombine(hands.tail().boot(hop.machine()), (found, boot) -> {
                boot.ifPresent(id -> found.put(hop.machine().toString(), id));
                return found;
            });
        }
        return all;
    }

    private CompletionStage<Outcome> sealed(OpenRun run, HandOver told, Map<String, String> boots) {
        Optional<String> unseen = told.hops().stream()
                .map(hop -> hop.machine().toString())
                .filter(machine -> !boots.containsKey(machine))
                .findFirst();
        if (unseen.isPresent() && !run.protects()) {
            return done(new Outcome.Refused(unseen.get() + " does not tell its boot id: nothing was handed over"));
        }
        ledger.write(run, Notes.SEALED, new Sealed(hands.tail().ownBoot(), boots).body(told));
        Optional<String> forbidden = run.forbidden();
        return forbidden.isPresent()
                ? done(new Outcome.Refused(forbidden.get()))
                : next(new Telling(run, told, 1, time.nanos(), new ArrayList<>()), 0);
    }

    /** Our process was killed and our machine lives: what is pending stays so; what cannot be in time is told anew. */
    private CompletionStage<Outcome> goOn(OpenRun run, HandOver told) {
        return hands.tail()
                .isTold(told.own())
                .thenComposeAsync(
                        sight -> {
                            if (sight instanceof Sight.Desired) {
                                return pending(run, told, time.nanos());
                            }
                            if (sight instanceof Sight.Unseen) {
                                return time.after(GLANCE).thenComposeAsync(waited -> goOn(run, told), executor);
                            }
                            return callingBack
                                    .all(run, told)
                                    .thenComposeAsync(
                                            left -> run.stopped()
                                                    .<CompletionStage<Outcome>>map(
                                                            why -> done(CallingBack.outcome(why, left)))
                                                    .orElseGet(() -> next(
                                                            new Telling(run, told, 1, time.nanos(), new ArrayList<>()),
                                                            0)),
                                            executor);
                        },
                        executor);
    }

    private CompletionStage<Outcome> next(Telling telling, int place) {
        if (telling.run.stopped().isPresent()) {
            return calledBack(telling.run, telling.told, telling.run.stopped().get());
        }
        if (place == telling.told.hops().size()) {
            return pending(telling.run, telling.told, time.nanos());
        }
        Hop hop = telling.told.hops().get(place);
        Optional<String> notOff = CuttingOff.notOff(telling.run, hop.step());
        if (notOff.isPresent()) {
            telling.troubles.add(hop.machine() + " keeps its load on: " + notOff.get());
            return next(telling, place + 1);
        }
        return ledger.intend(telling.run, Notes.intention(hop.step(), Sealed.rung(hop), 0))
                .thenComposeAsync(
                        forbidden -> forbidden.isPresent()
                                ? calledBack(telling.run, telling.told, forbidden.get())
                                : hands.tail()
                                        .tell(telling.run.plan.intent(), hop.machine(), hop.delay())
                                        .thenComposeAsync(answer -> answered(telling, place, answer), executor),
                        executor);
    }

    /** What was not surely told is looked at, and told again only when it surely was not (R19). */
    private CompletionStage<Outcome> answered(Telling telling, int place, Answer answer) {
        Hop hop = telling.told.hops().get(place);
        ledger.note(telling.run, Notes.ANSWERED, Notes.answered(hop.step(), answer));
        return answer instanceof Answer.Accepted ? next(telling, place + 1) : lookedAt(telling, place, answer);
    }

    private CompletionStage<Outcome> lookedAt(Telling telling, int place, Answer answer) {
        Hop hop = telling.told.hops().get(place);
        return hands.tail()
                .isTold(hop.machine())
                .thenComposeAsync(
                        sight -> {
                            if (sight instanceof Sight.Desired) {
                                return next(telling, place + 1);
                            }
                            boolean again = sight instanceof Sight.Other && !(answer instanceof Answer.Barred);
                            return telling.late(time)
                                    ? untold(telling, place, answer)
                                    : time.after(GLANCE)
                                            .thenComposeAsync(
                                                    waited -> again
                                                            ? next(telling, place)
                                                            : lookedAt(telling, place, answer),
                                                    executor);
                        },
                        executor);
    }

    /** R34: in an emergency the others are told all the same; when our own cannot be, everything is told once more. */
    private CompletionStage<Outcome> untold(Telling telling, int place, Answer answer) {
        Hop hop = telling.told.hops().get(place);
        telling.troubles.add(hop.machine() + " could not be told: " + answer.evidence());
        boolean own = hop.machine().equals(telling.told.own());
        if (!telling.run.protects() || (own && telling.round == ROUNDS)) {
            return calledBack(telling.run, telling.told, String.join("; ", telling.troubles));
        }
        Telling anew = new Telling(telling.run, telling.told, telling.round + 1, time.nanos(), telling.troubles);
        return own
                ? callingBack.all(telling.run, telling.told).thenComposeAsync(left -> next(anew, 0), executor)
                : next(
                        new Telling(telling.run, telling.told, telling.round, time.nanos(), telling.troubles),
                        place + 1);
    }

    /** The time in which our own end is awaited, and can be called back. */
    private CompletionStage<Outcome> pending(OpenRun run, HandOver told, long since) {
        if (run.stopped().isPresent()) {
            return calledBack(run, told, run.stopped().get());
        }
        if (time.nanos() - since > Sealed.utmost(told.last()).toNanos()) {
            return done(new Outcome.Failed(told.own() + " was told to power off, and we are still here"));
        }
        return time.after(GLANCE).thenComposeAsync(waited -> pending(run, told, since), executor);
    }

    private CompletionStage<Outcome> calledBack(OpenRun run, HandOver told, String why) {
        return callingBack.all(run, told).thenApply(left -> CallingBack.outcome(why, left));
    }

    /** Whether a machine that was told has gone down: its boot tells, or its long silence (R20). */
    CompletionStage<Outcome> proof(OpenRun run, Step step) {
        Optional<Sealed> sealed = ledger.sealed(run);
        AssetId machine = step.asset().orElseThrow();
        if (sealed.isEmpty()) {
            return done(new Outcome.Failed("nothing was handed over"));
        }
        long until = time.nanos()
                + hands.ladder(step).stream()
                        .map(Rung::patience)
                        .reduce(Duration.ZERO, Duration::plus)
                        .toNanos();
        return proof(run, step, sealed.get().boot(machine.toString()), until);
    }

    private CompletionStage<Outcome> proof(OpenRun run, Step step, Optional<String> before, long until) {
        AssetId machine = step.asset().orElseThrow();
        return hands.tail()
                .boot(machine)
                .thenComposeAsync(
                        now -> {
                            Optional<String> another = Sealed.another(before, now);
                            if (another.isPresent()) {
                                return done(new Outcome.Done("it was off: " + another.get(), false));
                            }
                            return now.isPresent() && before.isPresent()
                                    ? neverOff(run, machine, now.get())
                                    : silent(run, step, before, until);
                        },
                        executor);
    }

    /** It is in the boot that was told. We may be back before its time has come: then it must not go any more. */
    private CompletionStage<Outcome> neverOff(OpenRun run, AssetId machine, String boot) {
        return hands.tail()
                .isTold(machine)
                .thenComposeAsync(
                        sight -> {
                            if (sight instanceof Sight.Desired) {
                                return callingBack
                                        .one(run, machine)
                                        .thenApply(left -> left.isEmpty()
                                                ? new Outcome.Refused(
                                                        "we were back before its time had come: called back")
                                                : new Outcome.Failed(
                                                        "we were back before its time had come: " + left.get()));
                            }
                            return done(new Outcome.Failed("it never went off: still in boot " + boot));
                        },
                        executor);
    }

    private CompletionStage<Outcome> silent(OpenRun run, Step step, Optional<String> before, long until) {
        return hands.look(step)
                .thenComposeAsync(
                        sight -> {
                            if (sight instanceof Sight.Desired) {
                                return done(new Outcome.Done(sight.evidence(), false));
                            }
                            return time.nanos() >= until
                                    ? done(new Outcome.Unknown(sight.evidence()))
                                    : time.after(GLANCE)
                                            .thenComposeAsync(waited -> proof(run, step, before, until), executor);
                        },
                        executor);
    }

    private static CompletionStage<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
