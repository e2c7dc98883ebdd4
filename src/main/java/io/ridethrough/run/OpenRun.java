package io.ridethrough.run;

import io.ridethrough.contract.AssetId;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
    /** What the battery leaves it. */
    final Budget budget;
    /** What persons said about its steps. */
    final Rulings rulings;
    /** Held while it is decided how a step settles, or that it is done again: both see the same needs. */
    final Object deciding = new Object();

    private final Map<StepId, Past> past;
    private final Set<Edge> told = new HashSet<>();
    private final Map<StepId, String> halted = new LinkedHashMap<>();
    private CompletableFuture<Void> change = new CompletableFuture<>();
    private final Map<StepId, Step> steps = new HashMap<>();
    private final Map<StepId, List<Step>> dependents = new HashMap<>();
    private final Map<StepId, Settled> settled = new LinkedHashMap<>();
    private final Map<StepId, Instant> running = new LinkedHashMap<>();
    private final Map<StepId, String> said = new LinkedHashMap<>();
    private final Set<String> manner = new LinkedHashSet<>();
    private final Remedied remedies = new Remedied();
    private Optional<String> stopped = Optional.empty();
    private Optional<String> unjournalled = Optional.empty();
    private Optional<String> forbidden = Optional.empty();
    private Optional<String> asleep = Optional.empty();
    private boolean needsPerson;
    private boolean pastReturn;

    /** That a step was told that its need has settled. */
    private record Edge(StepId need, StepId dependent) {}

    OpenRun(String id, Plan plan, Contracts contracts, Time time) {
        this(id, plan, contracts, contracts.digest(), time.now(), time.nanos(), List.of(), Map.of(), List.of());
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
                left.past,
                left.rulings);
        settled.putAll(left.settled);
        manner.addAll(left.manner);
        past.forEach((step, before) -> step(step)
                .filter(known -> known.verb() == Verb.REMEDY)
                .ifPresent(known -> remedies.were(known, before.attempts().size())));
        stopped = left.stopped;
        asleep = Optional.of(LEFT);
        pastReturn = plan.steps().stream()
                .anyMatch(step -> endsReturn(step) && pastOf(step).last().isPresent());
    }

    private OpenRun(
            String id,
            Plan plan,
            Contracts contracts,
            String digest,
            Instant begun,
            long begunNanos,
            List<Instant> resumed,
            Map<StepId, Past> past,
            List<Ruling> rulings) {
        this.id = id;
        this.plan = plan;
        this.contracts = contracts;
        this.digest = digest;
        this.limits = new Limits(contracts);
        this.budget = new Budget(plan);
        this.begun = begun;
        this.begunNanos = begunNanos;
        this.resumed = new ArrayList<>(resumed);
        this.past = new HashMap<>(past);
        this.rulings = new Rulings(rulings);
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

    /**
     * Those that wait for a step and were not told yet. One that has settled waits no more; one that was told before the
     * step was done again has it in its join already.
     */
    synchronized List<ReadyStep> dependentsOf(Step step) {
        return dependents.getOrDefault(step.id(), List.of()).stream()
                .filter(dependent -> !settled.containsKey(dependent.id()))
                .filter(dependent -> told.add(new Edge(step.id(), dependent.id())))
                .map(dependent -> new ReadyStep(id, dependent))
                .toList();
    }

    /** How a step settled, if it has. */
    synchronized Optional<Settled> settled(StepId step) {
        return Optional.ofNullable(settled.get(step));
    }

    /**
     * Whether a probe was not well before this run had touched anything either, in a run that asked it then; one that could
     * not be asked then excuses only that it cannot be asked now.
     */
    synchronized boolean wasSoBefore(Step step, Outcome now) {
        return step.probe()
                .map(probe -> settled.get(StepId.ofProbe(Phase.PRECHECK, probe)))
                .map(Settled::outcome)
                .filter(before -> before instanceof Outcome.Failed
                        || (before instanceof Outcome.Unknown && now instanceof Outcome.Unknown))
                .isPresent();
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

    /** A step of the plan. */
    Optional<Step> step(StepId step) {
        return Optional.ofNullable(steps.get(step));
    }

    /** Whether all that a step needs has settled; not so while one of it is done again. */
    synchronized boolean needsHaveSettled(Step step) {
        return step.needs().stream().allMatch(settled::containsKey);
    }

    /** Completes at the next change of how a step stands: ask for it before looking. */
    synchronized CompletionStage<Void> change() {
        return change;
    }

    /** Tells those who wait for a change; call it without a lock. */
    void changed() {
        CompletableFuture<Void> now;
        synchronized (this) {
            now = change;
            change = new CompletableFuture<>();
        }
        now.complete(null);
    }

    /**
     * What would be done again with a step that did not settle well: itself, and all that was refused, or ended a phase
     * badly, on its account. Nothing when the step has not settled.
     */
    synchronized List<Step> wouldBeAgain(Step step) {
        if (!settled.containsKey(step.id())) {
            return List.of();
        }
        Set<Step> all = new LinkedHashSet<>(Set.of(step));
        Deque<Step> left = new ArrayDeque<>(all);
        while (!left.isEmpty()) {
            for (Step dependent : dependents.getOrDefault(left.remove().id(), List.of())) {
                Settled was = settled.get(dependent.id());
                if (was != null && isOnAccountOf(dependent, was.outcome()) && all.add(dependent)) {
                    left.add(dependent);
                }
            }
        }
        return List.copyOf(all);
    }

    /** These have not settled any more; the step itself is tried anew. */
    synchronized void again(Step step, List<Step> all) {
        all.forEach(one -> settled.remove(one.id()));
        if (!all.isEmpty()) {
            past.computeIfPresent(step.id(), (id, before) -> before.forgotten());
        }
    }

    /** Where this run reaches assets that are not at their declared address. */
    Map<AssetId, String> addresses() {
        Map<AssetId, String> addresses = new HashMap<>();
        for (Ruling ruling : rulings.all()) {
            step(ruling.step()).flatMap(Step::asset).ifPresent(asset -> ruling.address()
                    .ifPresent(where -> addresses.put(asset, where)));
        }
        return addresses;
    }

    /** Nothing but its needs kept such a step from going well. */
    private static boolean isOnAccountOf(Step dependent, Outcome was) {
        return dependent.verb() == Verb.PHASE_END
                ? was instanceof Outcome.Failed
                : was instanceof Outcome.Refused refused && refused.evidence().startsWith(FailurePolicy.NEED);
    }

    /** The same as {@link #observed}; false when it had been seen before, or the run is over. */
    synchronized boolean observedFirst(Step step) {
        boolean first = !pastOf(step).observed() && !isOver();
        if (first) {
            observed(step);
        }
        return first;
    }

    /** What was there before the run has been seen. */
    synchronized void observed(Step step) {
        past.merge(step.id(), new Past(true, List.of()), (before, seen) -> new Past(true, before.attempts()));
    }

    /** A step waits for a person, since what it needs is not well. */
    synchronized void halt(Step step, Optional<String> why) {
        why.ifPresentOrElse(reason -> halted.put(step.id(), reason), () -> halted.remove(step.id()));
    }

    synchronized Map<StepId, String> halted() {
        return new LinkedHashMap<>(halted);
    }

    /** What a process that has ended did for this step. */
    synchronized Past pastOf(Step step) {
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

    /** Stops it unless it is past its point of no return, or stopped already; whether it did (R13). */
    synchronized boolean turnAround(String reason) {
        boolean turns = !pastReturn && stopped.isEmpty();
        if (turns) {
            stopped = Optional.of(reason);
        }
        return turns;
    }

    /** A command is about to be sent: why it must not be. Once it powers a host off there is no way back (R14). */
    synchronized Optional<String> sends(Step step) {
        if (stopped.isEmpty()) {
            pastReturn = pastReturn || endsReturn(step);
        }
        return stopped.isPresent() || step.verb() != Verb.REMEDY ? stopped : remedies.take(step);
    }

    private static boolean endsReturn(Step step) {
        return step.verb() == Verb.POWER_OFF || step.verb() == Verb.CUT_OFF;
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

    /** Another process has worked on it before this one. */
    synchronized boolean wasLeft() {
        return !resumed.isEmpty();
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

    /** Something was done otherwise than planned work does it, since power left no time. */
    synchronized void changedManner(String words) {
        manner.add(words);
    }

    synchronized List<String> manner() {
        return List.copyOf(manner);
    }

    synchronized Map<StepId, String> said() {
        return Map.copyOf(said);
    }
}
