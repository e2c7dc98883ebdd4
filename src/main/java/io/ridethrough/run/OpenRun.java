package io.ridethrough.run;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A run while it goes on: its plan, what has settled, who waits. Thread-safe. */
final class OpenRun {
    final String id;
    final Plan plan;
    final Contracts contracts;
    final Limits limits;
    final Instant begun;
    final long begunNanos;
    final CompletableFuture<String> closed = new CompletableFuture<>();
    private final Map<StepId, Step> steps = new HashMap<>();
    private final Map<StepId, List<Step>> dependents = new HashMap<>();
    private final Map<StepId, Settled> settled = new LinkedHashMap<>();
    private final Map<StepId, Instant> running = new LinkedHashMap<>();
    private Optional<String> stopped = Optional.empty();

    OpenRun(String id, Plan plan, Contracts contracts, Time time) {
        this.id = id;
        this.plan = plan;
        this.contracts = contracts;
        this.limits = new Limits(contracts);
        this.begun = time.now();
        this.begunNanos = time.nanos();
        for (Step step : plan.steps()) {
            steps.put(step.id(), step);
            for (StepId need : step.needs()) {
                dependents.computeIfAbsent(need, at -> new ArrayList<>()).add(step);
            }
        }
    }

    Set<SiteId> sites() {
        return plan.sites();
    }

    List<ReadyStep> roots() {
        return plan.steps().stream()
                .filter(step -> step.needs().isEmpty())
                .map(step -> new ReadyStep(id, step))
                .toList();
    }

    List<ReadyStep> dependentsOf(Step step) {
        return dependents.getOrDefault(step.id(), List.of()).stream()
                .map(dependent -> new ReadyStep(id, dependent))
                .toList();
    }

    synchronized Map<Step, Outcome> needsOf(Step step) {
        Map<Step, Outcome> needs = new LinkedHashMap<>();
        for (StepId need : step.needs()) {
            Settled done = settled.get(need);
            if (done == null) {
                throw new IllegalStateException(step.id() + " was joined before its need " + need + " settled");
            }
            needs.put(done.step(), done.outcome());
        }
        return needs;
    }

    /** Takes a step up; false when it was taken up before. */
    synchronized boolean take(Step step, Instant now) {
        return !settled.containsKey(step.id()) && running.putIfAbsent(step.id(), now) == null;
    }

    /** Settles a step; the answer is whether that was the last one. */
    synchronized boolean settle(Settled outcome) {
        running.remove(outcome.step().id());
        if (settled.putIfAbsent(outcome.step().id(), outcome) != null) {
            throw new IllegalStateException(outcome.step().id() + " settled twice");
        }
        return settled.size() == steps.size();
    }

    /** From now on no step begins to act; the first reason stays. */
    synchronized void stop(String reason) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(reason);
        }
    }

    synchronized Optional<String> stopped() {
        return stopped;
    }

    synchronized List<Settled> settled() {
        return List.copyOf(settled.values());
    }

    synchronized Map<StepId, Instant> running() {
        return new LinkedHashMap<>(running);
    }
}
