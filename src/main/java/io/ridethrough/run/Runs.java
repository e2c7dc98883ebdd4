package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.PlanJson;
import io.ridethrough.plan.Trigger;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

    /** The kind of the record that stops a run; {@link #TURNED} names the site whose power was back, if that was why. */
    public static final String STOPPED = Notes.RUN_STOPPED;

    /** The field of such a record. */
    public static final String TURNED = "turned";

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** What has begun of a part gets so long to end before the whole is taken down. */
    private static final Duration GIVES_WAY = Duration.ofSeconds(5);

    private final Planning planning;
    private final Supplier<Contracts> contracts;
    private final Ledger ledger;
    private final Standing standing;
    private final Acting acting;
    private final Overruling overruling;
    private final FirstLook firstLook;
    private final Asking asking;
    private final Leftovers leftovers;
    private final Time time;
    private final OpenRuns open = new OpenRuns();
    private final Settling settling;
    private final LastWord lastWord = new LastWord();
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
        this.firstLook = new FirstLook(new AskedTwice(hands, time), ledger, standing);
        this.asking = new Asking(hands);
        this.time = time;
        this.settling = new Settling(open, ledger, standing, time, world);
        this.acting = new Acting(
                new StepProtocol(hands, ledger, standing, time, executor), standing, settling, time, executor);
        this.overruling = new Overruling(open, ledger);
        this.count = new AtomicLong(journal.ofKinds(Notes.RUN_BEGUN).size());
        this.leftovers = new Leftovers(contracts, ledger, supply, time, this::act, settling);
        leftovers.of(journal).forEach(open::add);
        open.all().forEach(overruling::movesBack);
    }

    /**
     * Plans and, unless it is a dry run, opens a run. A run that outranks those in its way stops them, waits until what
     * they had begun has settled, and plans from then; denied if power has called for something else by then.
     */
    public CompletionStage<Begun> begin(Intent intent) {
        lastWord.heard(intent);
        return begin(intent, FirstLook.isNeeded(intent)).thenApply(begun -> {
            if (begun instanceof Begun.Denied && lastWord.instead(intent).isEmpty()) {
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
        Optional<Begun> overtaken = lastWord.instead(intent).map(Begun.Denied::new);
        if (overtaken.isPresent()) {
            return CompletableFuture.completedFuture(overtaken.get());
        }
        Plan plan = planning.plan(intent, contracts.get(), standing.seen());
        if (!intent.execute()) {
            return asking.gates(plan).thenApply(gates -> new Begun.Shown(plan, gates));
        }
        Optional<Begun> denied = denied(plan);
        if (denied.isPresent()) {
            return CompletableFuture.completedFuture(denied.get());
        }
        List<CompletableFuture<String>> inTheWay = new ArrayList<>();
        synchronized (open) {
            for (OpenRun other : open.all()) {
                if (Collections.disjoint(other.sites(), plan.sites())) {
                    continue;
                }
                if (Precedence.waitsFor(other, intent)) {
                    if (other.isHandingOver()) {
                        stop(other, "power is back before the end: " + intent.reason());
                    }
                    inTheWay.add(other.closed);
                    continue;
                }
                Optional<String> refusal = Precedence.refusalBy(other, intent);
                if (refusal.isPresent()) {
                    return CompletableFuture.completedFuture(new Begun.Denied(refusal.get()));
                }
                stop(other, "superseded: " + intent.reason());
                if (Precedence.takesAll(other, intent)) {
                    other.budget.endAt(time.nanos() + GIVES_WAY.toNanos());
                }
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

    /** Does this while no run begins or ends; it should be short. */
    public <T> T whileNoneBegins(Supplier<T> work) {
        synchronized (open) {
            return work.get();
        }
    }

    private Optional<Begun> denied(Plan plan) {
        boolean protects = plan.intent().trigger() == Trigger.POWER
                && plan.intent().phases().contains(Phase.SHUTDOWN);
        return standing.observeOnly().filter(why -> !protects).or(plan::refusal).map(Begun.Denied::new);
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
        ledger.seal(run);
        ledger.write(run, Notes.RUN_BEGUN, PlanJson.of(plan).put("contracts", run.digest));
        if (run.forbidden().isPresent()) {
            return new Begun.Denied(run.forbidden().get());
        }
        if (plan.steps().isEmpty()) {
            settling.close(run);
            return new Begun.Running(id, plan, List.of());
        }
        open.add(run);
        if (run.protects()) {
            firstLook.ahead(run);
        }
        LOG.atInfo()
                .addKeyValue("run", id)
                .addKeyValue("reason", intent.reason())
                .log("Run begun");
        return new Begun.Running(id, plan, run.roots());
    }

    /** Lets runs go on that an earlier process left; see {@link Leftovers#resume}. */
    public List<Resumed> resume(Resume which) {
        return leftovers.resume(open.all(), which);
    }

    /** The same for all that may go on by themselves now. */
    public List<Resumed> resumeWhatMay() {
        return leftovers.resumeWaiting(open.all());
    }

    /** Does one ready step; completes when it has settled, always normally. A step taken up before stays as it is. */
    public CompletionStage<Settled> act(ReadyStep ready) {
        return acting.act(open.running(ready.run()), ready.step());
    }

    /** Takes a person's word about one step of an open run (R33): in the journal first, then it has its effect. */
    public Ruled rule(Ruling ruling) {
        return overruling.rule(ruling);
    }

    /** Where the open runs reach assets that a person has moved for them. */
    public Map<AssetId, String> addresses() {
        Map<AssetId, String> addresses = new HashMap<>();
        open.all().forEach(run -> addresses.putAll(run.addresses()));
        return addresses;
    }

    /** Asks to be told, from now on, of every asset that is reached elsewhere, or again where it is declared. */
    public void whenMoved(Consumer<AssetId> listener) {
        overruling.whenMoved(listener);
    }

    /** The steps that waited for this one, one message each. Empty when the run has closed. */
    public List<ReadyStep> dependents(Settled settled) {
        return open.find(settled.run())
                .map(run -> run.dependentsOf(settled.step()))
                .orElseGet(List::of);
    }

    /** No step of the run begins to act from now on; what has begun settles. False when no such run is open. */
    public boolean stop(String run, String reason) {
        synchronized (open) {
            Optional<OpenRun> found = open.find(run);
            found.ifPresent(known -> stop(known, reason));
            return found.isPresent();
        }
    }

    /**
     * Mains is back at a site: its shutdown by power begins nothing more, what has begun settles (R13). True if there was
     * one that has neither been stopped before nor passed its point of no return (R14).
     */
    public boolean callOff(SiteId site, String reason) {
        boolean called = false;
        for (OpenRun run : open.all()) {
            if (run.protects() && run.sites().contains(site) && run.turnAround(reason)) {
                stopped(run, Notes.object().put("reason", reason).put(TURNED, site.value()));
                called = true;
            }
        }
        return called;
    }

    /** How long the power of a site lasts by now, for its shutdown by power (R12); nothing while that is not known. */
    public void lasts(SiteId site, Optional<Duration> left) {
        OptionalLong empty =
                left.isPresent() ? OptionalLong.of(time.nanos() + left.get().toNanos()) : OptionalLong.empty();
        open.all().stream()
                .filter(run -> run.protects() && run.sites().contains(site))
                .forEach(run -> run.budget.emptyAt(empty));
    }

    private void stop(OpenRun run, String reason) {
        run.stop(reason);
        stopped(run, Notes.object().put("reason", reason));
    }

    private void stopped(OpenRun run, ObjectNode why) {
        ledger.write(run, Notes.RUN_STOPPED, why);
        run.changed();
        leftovers.end(run);
    }

    /** How the open runs stand now, oldest first. */
    public List<Progress> progress() {
        return open.all().stream().map(run -> Progress.of(run, time)).toList();
    }

    /** The receipts of runs that have closed which are in memory only, oldest first (R34). */
    public List<ObjectNode> unwritten() {
        return ledger.kept();
    }

    /** Completes with the result of an open run; nothing when it is not open. */
    public Optional<CompletionStage<String>> closing(String run) {
        return open.find(run).map(found -> found.closed);
    }

    /** Whether a site is in the hands of a run. */
    public Optional<String> runAt(SiteId site) {
        return open.all().stream()
                .filter(run -> run.sites().contains(site))
                .map(run -> run.id)
                .findFirst();
    }
}
