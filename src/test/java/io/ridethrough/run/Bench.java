package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.target.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Runs of the attic by the real planner, over a fake world, on one thread and in virtual time. */
final class Bench {
    final VirtualTime time = new VirtualTime();
    final FakeWorld world = new FakeWorld(time, Duration.ofSeconds(1));
    final Contracts contracts;
    final MemoryJournal journal = new MemoryJournal(time);
    final Standing standing;
    final Runs runs;
    private final Map<String, Duration> commandedAt = new HashMap<>();

    Bench() {
        this(FakeContracts.attic());
    }

    Bench(Contracts declared) {
        contracts = declared;
        standing = new Standing(journal);
        runs = new Runs(
                new WindowHalves(Planner::plan, journal),
                () -> contracts,
                journal,
                standing,
                timed(),
                Supply.always(),
                time,
                Runnable::run,
                "test");
    }

    /** The world, with the moment of every command noted. */
    private Hands timed() {
        return new Hands() {
            @Override
            public CompletionStage<Sight> look(Step step) {
                return world.look(step);
            }

            @Override
            public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
                commandedAt.putIfAbsent(step.id().value(), time.elapsed());
                return world.act(step, rung, limit);
            }

            @Override
            public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
                return world.trace(step, rung, since);
            }

            @Override
            public CompletionStage<Busy> busy(Step step) {
                return world.busy(step);
            }

            @Override
            public CompletionStage<Answer> interrupt(Step step, Duration limit) {
                return world.interrupt(step, limit);
            }

            @Override
            public List<Rung> ladder(Step step) {
                return world.ladder(step);
            }
        };
    }

    /** When the step was first commanded. */
    Optional<Duration> commandedAt(String step) {
        return Optional.ofNullable(commandedAt.get(step));
    }

    Begun begin(Intent intent) {
        return time.until(runs.begin(intent));
    }

    /** Does what the routes do, up to the receipt. */
    JsonNode toItsEnd(Begun begun) {
        Begun.Running running = (Begun.Running) begun;
        time.until(underWay(running));
        return journal.receipt(running.run()).orElseThrow();
    }

    /** Begins to do what the routes do; completes at the end of the run, as time passes. */
    CompletableFuture<Void> underWay(Begun.Running running) {
        Map<StepId, Integer> joined = new HashMap<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        running.roots().forEach(root -> all.add(drive(root, joined)));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> drive(ReadyStep ready, Map<StepId, Integer> joined) {
        return runs.act(ready).toCompletableFuture().thenCompose(settled -> {
            List<CompletableFuture<Void>> next = new ArrayList<>();
            for (ReadyStep dependent : runs.dependents(settled)) {
                int met = joined.merge(dependent.step().id(), 1, Integer::sum);
                if (met == dependent.step().needs().size()) {
                    next.add(drive(dependent, joined));
                }
            }
            return CompletableFuture.allOf(next.toArray(CompletableFuture[]::new));
        });
    }
}
