package io.ridethrough.run;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.HandOver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Takes back what machines were told, the one whose time comes first before the others (R13). A look proves it. */
final class CallingBack {
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Hands hands;
    private final Ledger ledger;
    private final Time time;
    private final Executor executor;

    CallingBack(Hands hands, Ledger ledger, Time time, Executor executor) {
        this.hands = hands;
        this.ledger = ledger;
        this.time = time;
        this.executor = executor;
    }

    /** Completes with what could not be called back; empty when nothing is pending any more, as seen. */
    CompletionStage<List<String>> all(OpenRun run, HandOver told) {
        List<String> left = new ArrayList<>();
        CompletionStage<List<String>> all = CompletableFuture.completedFuture(left);
        for (int place = told.hops().size() - 1; place >= 0; place--) {
            AssetId machine = told.hops().get(place).machine();
            all = all.thenComposeAsync(sofar -> one(run, machine), executor).thenApply(trouble -> {
                trouble.ifPresent(left::add);
                return left;
            });
        }
        return all;
    }

    /** The same of one machine. What was never told, or is off, needs no calling back. */
    CompletionStage<Optional<String>> one(OpenRun run, AssetId machine) {
        return until(run, machine, time.nanos() + PATIENCE.toNanos());
    }

    private CompletionStage<Optional<String>> until(OpenRun run, AssetId machine, long deadline) {
        return hands.tail()
                .isTold(machine)
                .thenComposeAsync(
                        sight -> {
                            if (sight instanceof Sight.Other) {
                                return CompletableFuture.completedFuture(Optional.<String>empty());
                            }
                            if (time.nanos() >= deadline) {
                                return CompletableFuture.completedFuture(
                                        Optional.of(machine + " could not be called back: " + sight.evidence()));
                            }
                            return send(run, machine, sight)
                                    .thenComposeAsync(sent -> time.after(GLANCE), executor)
                                    .thenComposeAsync(waited -> until(run, machine, deadline), executor);
                        },
                        executor);
    }

    private CompletionStage<?> send(OpenRun run, AssetId machine, Sight sight) {
        if (!(sight instanceof Sight.Desired)) {
            return CompletableFuture.completedFuture(sight);
        }
        ledger.note(run, Notes.CALLED_BACK, Notes.object().put("machine", machine.toString()));
        return hands.tail().callBack(machine);
    }

    /** How a seal settles whose machines were called back. */
    static Outcome outcome(String why, List<String> left) {
        return left.isEmpty()
                ? new Outcome.Refused(why + ": what was handed over is called back, as seen on every machine")
                : new Outcome.Failed(why + ": " + String.join("; ", left));
    }
}
