package io.ridethrough.run;

import io.ridethrough.contract.Contracts;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that an earlier process left, in the order of R31: the journal first, then power, and only then what is there. A
 * run that still moves load sleeps until the power of its sites is known and good; a shutdown by power never waits.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Set<Verb> MOVES =
            EnumSet.complementOf(EnumSet.of(Verb.CHECK, Verb.GUARD, Verb.GATE, Verb.PROBE, Verb.PHASE_END));

    private final Supplier<Contracts> contracts;
    private final Ledger ledger;
    private final Supply supply;
    private final Time time;
    private final Function<ReadyStep, CompletionStage<Settled>> act;
    private final Settling settling;
    private volatile boolean begun;

    Leftovers(
            Supplier<Contracts> contracts,
            Ledger ledger,
            Supply supply,
            Time time,
            Function<ReadyStep, CompletionStage<Settled>> act,
            Settling settling) {
        this.contracts = contracts;
        this.ledger = ledger;
        this.supply = supply;
        this.time = time;
        this.act = act;
        this.settling = settling;
    }

    /** The runs that are to go on: their sites are taken from now on, and nothing acts before {@link #resume}. */
    List<OpenRun> of(Journal journal) {
        List<OpenRun> left = new ArrayList<>();
        for (Unfinished unfinished : Unfinished.of(journal)) {
            OpenRun run = new OpenRun(unfinished, contracts.get(), time);
            if (unfinished.closed.isPresent()) {
                settling.closeLate(run, unfinished.closed.get());
                continue;
            }
            unfinished
                    .crashLoop(time.now())
                    .or(() -> otherContracts(run))
                    .or(() -> journal.unavailable().filter(why -> !run.protects()))
                    .filter(why -> !run.isOver())
                    .ifPresent(run::sleep);
            left.add(run);
        }
        return left;
    }

    /** The same for all that wait, once the process has begun to let runs go on; before, its ways out may not stand yet. */
    List<Resumed> resumeWaiting(List<OpenRun> open) {
        return begun ? resume(open, Resume.atStart()) : List.of();
    }

    /**
     * A run goes on with the contracts it was planned with (R33). Where these could not be read again, it goes on only by
     * a person's word; protection goes on even so (R34).
     */
    private static Optional<String> otherContracts(OpenRun run) {
        return run.protects() || run.hasItsContracts()
                ? Optional.empty()
                : Optional.of(
                        "the contracts were changed since it was planned, and those are not in the journal: resume it, which uses those of today for"
                                + " what is left of its plan, or abandon it");
    }

    /**
     * Wakes the one that a person names, whatever it waits for; without a name, all that may go on by themselves and
     * whose power permits it (R31, R17). What comes back is replayed by the route {@code run-resumed}: joins are rebuilt
     * from what has settled.
     */
    List<Resumed> resume(List<OpenRun> open, Resume which) {
        begun = true;
        List<Resumed> woken = new ArrayList<>();
        for (OpenRun run : open) {
            if (which.names(run) && run.asleep().isPresent() && (which.run().isPresent() || permitted(run))) {
                wake(run, which).ifPresent(woken::add);
            }
        }
        return woken;
    }

    private boolean permitted(OpenRun run) {
        Optional<String> why =
                run.protects() || !movesLoad(run) || run.plan.intent().accepts(Intent.POWER_AS_IT_IS)
                        ? Optional.empty()
                        : run.sites().stream()
                                .flatMap(site -> supply.unready(site).stream())
                                .findFirst();
        why.ifPresent(reason -> {
            if (run.waitsFor("waits for power before it goes on: " + reason)) {
                LOG.atInfo()
                        .addKeyValue("run", run.id)
                        .addKeyValue("reason", reason)
                        .log("A run that was left waits for power");
            }
        });
        return why.isEmpty();
    }

    private static boolean movesLoad(OpenRun run) {
        Set<Step> settled = new HashSet<>();
        run.settled().forEach(done -> settled.add(done.step()));
        return run.plan.steps().stream().anyMatch(step -> MOVES.contains(step.verb()) && !settled.contains(step));
    }

    private Optional<Resumed> wake(OpenRun run, Resume which) {
        Resumed resumed;
        synchronized (run.deciding) {
            if (!run.wake(time.now())) {
                return Optional.empty();
            }
            resumed = new Resumed(run.id, run.settled(), run.roots());
        }
        ledger.write(
                run, Notes.RUN_RESUMED, Notes.object().put("by", which.by()).put("reason", which.reason()));
        LOG.atWarn()
                .addKeyValue("run", run.id)
                .addKeyValue("reason", which.reason())
                .log(
                        "Run resumed: {} of {} steps have settled",
                        run.settled().size(),
                        run.plan.steps().size());
        if (run.isOver()) {
            settling.close(run);
        }
        return Optional.of(resumed);
    }

    /** Ends a stopped run that sleeps and begins nothing more: what had begun is looked at, the rest is refused. */
    void end(OpenRun run) {
        if (!run.wake(time.now())) {
            return;
        }
        if (run.isOver()) {
            settling.close(run);
        } else {
            settleInTurn(run, run.plan.steps().iterator());
        }
    }

    private void settleInTurn(OpenRun run, Iterator<Step> steps) {
        while (steps.hasNext()) {
            Step step = steps.next();
            if (run.settled().stream().noneMatch(settled -> settled.step().equals(step))) {
                act.apply(new ReadyStep(run.id, step)).thenAccept(settled -> settleInTurn(run, steps));
                return;
            }
        }
    }
}
