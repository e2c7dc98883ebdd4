package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.PlanJson;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All runs of this process: one per site at a time (R32), each driven by the routes through {@link #begin}, {@link #act}
 * and {@link #dependents}. Thread-safe.
 */
public final class Runs {
    /** The kind of the record that begins a run: its body is the plan. */
    public static final String BEGUN = Notes.RUN_BEGUN;

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(30);

    private final Planning planning;
    private final Supplier<Contracts> contracts;
    private final Ledger ledger;
    private final Standing standing;
    private final StepProtocol protocol;
    private final FirstLook firstLook;
    private final Leftovers leftovers;
    private final Time time;
    private final String world;
    private final Map<String, OpenRun> open = new LinkedHashMap<>();
    private final AtomicLong count;
    private final List<Consumer<Intent>> denial = new CopyOnWriteArrayList<>();

    /**
     * @param contracts what is declared now; a run goes on with what it was planned with (R33)
     * @param supply why nothing should move load at a site now, by its power
     * @param world {@code real} or the lab's name and speed, for receipts
     */
    public Runs(
            Planning planning,
            Supplier<Contracts> contracts,
            Journal journal,
            Standing standing,
            Hands hands,
            Supply supply,
            Time time,
            Executor executor,
            String world) {
        this.planning = planning;
        this.contracts = contracts;
        this.ledger = new Ledger(journal);
        this.standing = standing;
        this.protocol = new StepProtocol(hands, ledger, standing, time, executor);
        this.firstLook = new FirstLook(hands, journal, standing);
        this.time = time;
        this.world = world;
        this.count = new AtomicLong(journal.ofKinds(Notes.RUN_BEGUN).size());
        this.leftovers = new Leftovers(contracts, ledger, supply, time, world, this::act, this::close);
        leftovers.of(journal).forEach(run -> open.put(run.id, run));
    }

    /**
     * Plans and, unless it is a dry run, opens a run. A run that outranks those in its way stops them, waits until what
     * they had begun has settled, and plans from then.
     */
    public CompletionStage<Begun> begin(Intent intent) {
        return begin(intent, FirstLook.isNeeded(intent)).thenApply(begun -> {
            if (begun instanceof Begun.Denied) {
                denial.forEach(told -> told.accept(intent));
            }
            return begun;
        });
    }

    /** Asks to be told of every intent from now on that was denied, on the thread that denied it. */
    public void whenDenied(Consumer<Intent> told) {
        denial.add(told);
    }

    private CompletionStage<Begun> begin(Intent intent, boolean looksFirst) {
        Plan plan = planning.plan(intent, contracts.get(), standing.seen());
        Optional<Begun> denied = deniedOrShown(plan);
        if (denied.isPresent()) {
            return CompletableFuture.completedFuture(denied.get());
        }
        List<CompletableFuture<String>> inTheWay = new ArrayList<>();
        synchronized (open) {
            for (OpenRun other : List.copyOf(open.values())) {
                if (Collections.disjoint(other.sites(), plan.sites())) {
                    continue;
                }
                if (waitsFor(other, intent)) {
                    if (other.isHandingOver()) {
                        stop(other, "power is back before the end: " + intent.reason());
                    }
                    inTheWay.add(other.closed);
                    continue;
                }
                Optional<String> refusal = refusalBy(other, intent);
                if (refusal.isPresent()) {
                    return CompletableFuture.completedFuture(new Begun.Denied(refusal.get()));
                }
                stop(other, "superseded: " + intent.reason());
                inTheWay.add(other.closed);
            }
            if (inTheWay.isEmpty() && !looksFirst) {
                return CompletableFuture.completedFuture(open(intent));
            }
        }
        if (inTheWay.isEmpty()) {
            return firstLook.at(plan).thenCompose(seen -> begin(intent, false));
        }
        return CompletableFuture.allOf(inTheWay.toArray(CompletableFuture[]::new))
                .thenCompose(closed -> begin(intent, looksFirst));
    }

    private static Optional<Begun> deniedOrShown(Plan plan) {
        if (!plan.intent().execute()) {
            return Optional.of(new Begun.Shown(plan));
        }
        return plan.refusal().map(Begun.Denied::new);
    }

    /** Power is back while its shutdown goes on: the shutdown finishes, then the startup plans from there. */
    private static boolean waitsFor(OpenRun other, Intent intent) {
        return intent.trigger() == Trigger.POWER
                && other.plan.intent().trigger() == Trigger.POWER
                && other.plan.intent().phases().contains(Phase.SHUTDOWN)
                && !intent.phases().contains(Phase.SHUTDOWN);
    }

    private static Optional<String> refusalBy(OpenRun other, Intent intent) {
        Intent running = other.plan.intent();
        boolean turnsRound = intent.trigger() == Trigger.POWER
                && running.trigger() == Trigger.POWER
                && !Collections.disjoint(running.phases(), Set.of(Phase.STARTUP, Phase.RECOVERY, Phase.VERIFY))
                && intent.phases().contains(Phase.SHUTDOWN);
        if (intent.trigger().preempts(running.trigger()) || turnsRound) {
            return Optional.empty();
        }
        return Optional.of("run " + other.id + " holds " + running.scope() + " (" + running.reason() + ")");
    }

    private Begun open(Intent intent) {
        Contracts now = contracts.get();
        Plan plan = planning.plan(intent, now, standing.seen());
        if (plan.refusal().isPresent()) {
            return new Begun.Denied(plan.refusal().get());
        }
        String id = intent.scope().toString().replace('/', '.').replace(',', '+') + "-" + STAMP.format(time.now()) + "-"
                + count.incrementAndGet();
        OpenRun run = new OpenRun(id, plan, now, time);
        ledger.write(run, Notes.RUN_BEGUN, PlanJson.of(plan).put("contracts", run.digest));
        if (run.forbidden().isPresent()) {
            return new Begun.Denied(run.forbidden().get());
        }
        if (plan.steps().isEmpty()) {
            close(run);
            return new Begun.Running(id, plan, List.of());
        }
        open.put(id, run);
        LOG.atInfo()
                .addKeyValue("run", id)
                .addKeyValue("reason", intent.reason())
                .log("Run begun");
        return new Begun.Running(id, plan, run.roots());
    }

    /** Lets runs go on that an earlier process left; see {@link Leftovers#resume}. */
    public List<Resumed> resume(Resume which) {
        List<OpenRun> left;
        synchronized (open) {
            left = List.copyOf(open.values());
        }
        return leftovers.resume(left, which);
    }

    /** The same for all that may go on by themselves now. */
    public List<Resumed> resumeWhatMay() {
        return resume(Resume.atStart());
    }

    /** Does one ready step; completes when it has settled, always normally. A step taken up before stays as it is. */
    public CompletionStage<Settled> act(ReadyStep ready) {
        OpenRun run = running(ready.run());
        Step step = ready.step();
        java.time.Instant begun = time.now();
        long from = time.nanos();
        if (!run.take(step, begun)) {
            throw new IllegalStateException(step.id() + " of " + run.id + " was made ready twice");
        }
        return refusal(run, step)
                .<CompletionStage<Outcome>>map(why -> CompletableFuture.completedFuture(new Outcome.Refused(why)))
                .orElseGet(() -> run.limits.within(step, () -> protocol.perform(run, step)))
                .exceptionally(trouble -> {
                    LOG.atError()
                            .setCause(trouble)
                            .addKeyValue("run", run.id)
                            .addKeyValue("step", step.id())
                            .log("A step broke; a person is needed");
                    return new Outcome.Unknown("broke: " + trouble.getMessage());
                })
                .thenApply(outcome ->
                        settle(run, new Settled(run.id, step, outcome, begun, Duration.ofNanos(time.nanos() - from))));
    }

    private Optional<String> refusal(OpenRun run, Step step) {
        if (step.verb() == Verb.PHASE_END) {
            return Optional.empty();
        }
        if (run.pastOf(step).last().isPresent()) {
            return run.forbidden();
        }
        return run.stopped()
                .or(() -> standing.refusal(step))
                .or(() -> FailurePolicy.refusal(run.plan.intent().trigger(), step, run.needsOf(step)));
    }

    private Settled settle(OpenRun run, Settled settled) {
        if (endsBeforeBoundary(run, settled.step())) {
            run.settled().forEach(done -> holdIfTakenDown(run, done));
        }
        ObjectNode body = Notes.settled(settled);
        ledger.write(run, Notes.SETTLED, body);
        standing.settled(body);
        LOG.atInfo()
                .addKeyValue("run", run.id)
                .addKeyValue("step", settled.step().id())
                .addKeyValue("reason", settled.outcome().evidence())
                .log("Step settled: {}", settled.outcome().word());
        if (run.settle(settled)) {
            close(run);
        }
        return settled;
    }

    private static boolean endsBeforeBoundary(OpenRun run, Step step) {
        return run.plan.intent().boundary() && step.verb() == Verb.PHASE_END && step.phase() == Phase.SHUTDOWN;
    }

    private void holdIfTakenDown(OpenRun run, Settled settled) {
        boolean down =
                Set.of(Verb.SHUT_DOWN, Verb.POWER_OFF).contains(settled.step().verb());
        Optional<AssetId> asset = settled.step().asset();
        if (down && asset.isPresent() && settled.outcome() instanceof Outcome.Done) {
            try {
                standing.hold(asset.get(), "maintenance", "boundary of " + settled.run());
            } catch (JournalException e) {
                Ledger.cannotWrite(run, e);
            }
        }
    }

    private void close(OpenRun run) {
        if (!ledger.close(run, Receipts.of(run, world, time.now(), time))) {
            writeReceiptsLater();
        }
        synchronized (open) {
            open.remove(run.id);
        }
        LOG.atInfo().addKeyValue("run", run.id).log("Run closed: {}", Receipts.result(run));
        run.closed.complete(Receipts.result(run));
    }

    private void writeReceiptsLater() {
        time.after(BETWEEN_ATTEMPTS).thenRun(() -> {
            if (!ledger.writeKept()) {
                writeReceiptsLater();
            }
        });
    }

    /** The steps that waited for this one, one message each. Empty when the run has closed. */
    public List<ReadyStep> dependents(Settled settled) {
        synchronized (open) {
            OpenRun run = open.get(settled.run());
            return run == null ? List.of() : run.dependentsOf(settled.step());
        }
    }

    /** No step of the run begins to act from now on; what has begun settles. False when no such run is open. */
    public boolean stop(String run, String reason) {
        synchronized (open) {
            OpenRun found = open.get(run);
            if (found == null) {
                return false;
            }
            stop(found, reason);
            return true;
        }
    }

    private void stop(OpenRun run, String reason) {
        ledger.write(run, Notes.RUN_STOPPED, Notes.object().put("reason", reason));
        run.stop(reason);
        leftovers.end(run);
    }

    /** How the open runs stand now, oldest first. */
    public List<Progress> progress() {
        synchronized (open) {
            return open.values().stream().map(run -> Progress.of(run, time)).toList();
        }
    }

    /** Completes with the result of an open run; nothing when it is not open. */
    public Optional<CompletionStage<String>> closing(String run) {
        synchronized (open) {
            return Optional.ofNullable(open.get(run)).map(found -> found.closed);
        }
    }

    /** Whether a site is in the hands of a run. */
    public Optional<String> runAt(SiteId site) {
        synchronized (open) {
            return open.values().stream()
                    .filter(run -> run.sites().contains(site))
                    .map(run -> run.id)
                    .findFirst();
        }
    }

    private OpenRun running(String id) {
        synchronized (open) {
            OpenRun run = open.get(id);
            if (run == null) {
                throw new IllegalStateException("run " + id + " is not open");
            }
            return run;
        }
    }
}
