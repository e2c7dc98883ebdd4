package io.ridethrough.run;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
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
    /** Why a run sleeps that an earlier process left and nothing speaks against. */
    private static final String LEFT = "not resumed yet";

    final String id;
    final Plan plan;
    final Contracts contracts;
    /** The digest of the contracts it was planned with, which are not always those of today (R33). */
    final String digest;

    final Limits limits;
    final Instant begun;
    final long begunNanos;
    final List<Instant> resumed;
    final CompletableFuture<String> closed = new CompletableFuture<>();
    private final Map<StepId, Past> past;
    private final Map<StepId, Step> steps = new HashMap<>();
    private final Map<StepId, List<Step>> dependents = new HashMap<>();
    private final Map<StepId, Settled> settled = new LinkedHashMap<>();
    private final Map<StepId, Instant> running = new LinkedHashMap<>();
    private final Map<StepId, String> said = new LinkedHashMap<>();
    private Optional<String> stopped = Optional.empty();
    private Optional<String> unjournalled = Optional.empty();
    private Optional<String> forbidden = Optional.empty();
    private Optional<String> asleep = Optional.empty();
    private boolean needsPerson;
    private boolean gap;

    OpenRun(String id, Plan plan, Contracts contracts, Time time) {
        this(id, plan, contracts, contracts.digest(), time.now(), time.nanos(), List.of(), Map.of());
    }

    /** A run that another process began; it sleeps until it is woken. */
    OpenRun(Unfinished left, Contracts contracts, Time time) {
        this(
                left.id,
                left.plan,
                contracts,
                left.contracts,
                left.begun,
                time.nanos() - ago(left.begun, left.closed.orElseGet(time::now)),
                left.resumed,
                left.past);
        gap = left.gap;
        settled.putAll(left.settled);
        stopped = left.stopped;
        asleep = Optional.of(LEFT);
    }

    private OpenRun(
            String id,
            Plan plan,
            Contracts contracts,
            String digest,
            Instant begun,
            long begunNanos,
            List<Instant> resumed,
            Map<StepId, Past> past) {
        this.id = id;
        this.plan = plan;
        this.contracts = contracts;
        this.digest = digest;
        this.limits = new Limits(contracts);
        this.begun = begun;
        this.begunNanos = begunNanos;
        this.resumed = new ArrayList<>(resumed);
        this.past = Map.copyOf(past);
        for (Step step : plan.steps()) {
            steps.put(step.id(), step);
            for (StepId need : step.needs()) {
                dependents.computeIfAbsent(need, at -> new ArrayList<>()).add(step);
            }
        }
    }

    /** A wall clock that was set back tells nothing of how long ago something was (R9). */
    private static long ago(Instant then, Instant now) {
        Duration passed = Duration.between(then, now);
        return passed.isNegative() ? 0 : passed.toNanos();
    }

    Set<SiteId> sites() {
        return plan.sites();
    }

    /** Whether every site it touches is as it was when it was planned. */
    boolean hasItsContracts() {
        return sites().stream().allMatch(site -> contracts.digestOf(site).equals(digest));
    }

    /** For people: that the folder holds other contracts than those it was planned with, and which it goes by. */
    Optional<String> otherContracts() {
        return digest.equals(contracts.inFolder())
                ? Optional.empty()
                : Optional.of("planned with contracts " + brief(digest) + ", folder now " + brief(contracts.inFolder())
                        + (hasItsContracts()
                                ? ": goes on with those it was planned with"
                                : ": those it was planned with cannot be read, so its targets are those of now"));
    }

    private static String brief(String digest) {
        return digest.matches("[0-9a-f]{64}") ? digest.substring(0, 12) : digest;
    }

    /** Whether this is a shutdown that nothing of ours may stop (R34). */
    boolean protects() {
        return plan.intent().trigger() == Trigger.POWER
                && plan.intent().phases().contains(Phase.SHUTDOWN);
    }

    /** The steps that may begin at once: those without needs which have not settled. */
    synchronized List<ReadyStep> roots() {
        return plan.steps().stream()
                .filter(step -> step.needs().isEmpty() && !settled.containsKey(step.id()))
                .map(step -> new ReadyStep(id, step))
                .toList();
    }

    /** Those that wait for a step. One that settled in an earlier process waits no more. */
    synchronized List<ReadyStep> dependentsOf(Step step) {
        return dependents.getOrDefault(step.id(), List.of()).stream()
                .filter(dependent -> !settled.containsKey(dependent.id()))
                .map(dependent -> new ReadyStep(id, dependent))
                .toList();
    }

    /** How a step settled, if it has. */
    synchronized Optional<Settled> settled(StepId step) {
        return Optional.ofNullable(settled.get(step));
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

    /** What a process that has ended did for this step. */
    Past pastOf(Step step) {
        return past.getOrDefault(step.id(), Past.NONE);
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
        return isOver();
    }

    /** Whether every step has settled. */
    synchronized boolean isOver() {
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

    /** From now on nothing acts at all, not even a step that has begun. */
    synchronized void forbid(String reason) {
        stop(reason);
        if (forbidden.isEmpty()) {
            forbidden = Optional.of(reason);
        }
    }

    synchronized Optional<String> forbidden() {
        return forbidden;
    }

    /** An earlier process did what it could not write down: what is seen down may be its work. */
    synchronized boolean hasGap() {
        return gap;
    }

    synchronized void mayHaveGap() {
        gap = true;
    }

    /** Goes on without its journal (R34); true the first time. */
    synchronized boolean goesOnUnjournalled(String reason) {
        boolean first = unjournalled.isEmpty();
        unjournalled = unjournalled.or(() -> Optional.of(reason));
        return first;
    }

    synchronized Optional<String> unjournalled() {
        return unjournalled;
    }

    /** Why nothing of it goes on at present, if so. */
    synchronized Optional<String> asleep() {
        return asleep;
    }

    /** Goes on only when a person says so. */
    synchronized void sleep(String reason) {
        asleep = Optional.of(reason);
        needsPerson = true;
    }

    /** Sleeps on for that reason, until it is gone; the answer is whether it had waited for nothing so far. */
    synchronized boolean waitsFor(String reason) {
        boolean first = asleep.filter(LEFT::equals).isPresent();
        asleep = Optional.of(reason);
        return first;
    }

    /** Whether it sleeps and needs no person to go on. */
    synchronized boolean goesOnByItself() {
        return asleep.isPresent() && !needsPerson;
    }

    /** Takes it up; false when it is awake. */
    synchronized boolean wake(Instant now) {
        if (asleep.isEmpty()) {
            return false;
        }
        asleep = Optional.empty();
        resumed.add(now);
        return true;
    }

    synchronized List<Settled> settled() {
        return List.copyOf(settled.values());
    }

    synchronized List<Instant> resumptions() {
        return List.copyOf(resumed);
    }

    /** Whether its own end is under way, and may still be called back (R13). */
    synchronized boolean isHandingOver() {
        return running.keySet().stream().map(steps::get).anyMatch(step -> step != null && step.verb() == Verb.SEAL);
    }

    synchronized Map<StepId, Instant> running() {
        return new LinkedHashMap<>(running);
    }

    /** What a step under way waits for, in words. */
    synchronized void say(StepId step, String words) {
        said.put(step, words);
    }

    synchronized void unsay(StepId step) {
        said.remove(step);
    }

    synchronized Map<StepId, String> said() {
        return Map.copyOf(said);
    }
}
