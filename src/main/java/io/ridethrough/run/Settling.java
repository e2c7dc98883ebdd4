package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.journal.JournalException;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How steps settle and runs close: written down first, then told. A run closes with its last step. */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(10);

    private final OpenRuns open;
    private final Ledger ledger;
    private final Standing standing;
    private final Time time;
    private final String world;

    Settling(OpenRuns open, Ledger ledger, Standing standing, Time time, String world) {
        this.open = open;
        this.ledger = ledger;
        this.standing = standing;
        this.time = time;
        this.world = world;
    }

    /** Takes the outcome of a step, and closes the run with its last one. */
    Settled settle(OpenRun run, Settled settled) {
        return told(run, settled, record(run, settled));
    }

    /** Tells those who wait for a change, and closes the run if that was its last step. */
    Settled told(OpenRun run, Settled settled, boolean last) {
        run.changed();
        if (last) {
            close(run);
        }
        return settled;
    }

    /** Writes the outcome of a step down; the answer is whether that was the last one. */
    boolean record(OpenRun run, Settled settled) {
        synchronized (run.deciding) {
            return written(run, settled);
        }
    }

    private boolean written(OpenRun run, Settled settled) {
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
        return run.settle(settled);
    }

    private static boolean endsBeforeBoundary(OpenRun run, Step step) {
        return run.plan.intent().boundary() && step.verb() == Verb.PHASE_END && step.phase() == Phase.SHUTDOWN;
    }

    private void holdIfTakenDown(OpenRun run, Settled settled) {
        boolean down =
                Set.of(Verb.SHUT_DOWN, Verb.POWER_OFF).contains(settled.step().verb());
        Optional<AssetId> asset = settled.step().asset();
        if (down && asset.isPresent() && isDown(settled.outcome())) {
            try {
                standing.hold(asset.get(), "maintenance", "boundary of " + settled.run());
            } catch (JournalException e) {
                Ledger.cannotWrite(run, e);
            }
        }
    }

    /** We took it down, or a person says that it is: whoever works there is safe either way (R36). */
    private static boolean isDown(Outcome outcome) {
        return outcome instanceof Outcome.Done || outcome instanceof Outcome.SaidDone;
    }

    /** Ends a run: its receipt is written, or kept until it can be. */
    void close(OpenRun run) {
        if (!ledger.close(run, Receipts.of(run, world, time.now(), time))) {
            writeReceiptsLater();
        }
        open.remove(run);
        Escalation.of(run).forEach(why -> LOG.atError()
                .addKeyValue("run", run.id)
                .addKeyValue("reason", why)
                .log("Escalated; a person is needed"));
        LOG.atInfo().addKeyValue("run", run.id).log("Run closed: {}", Receipts.result(run));
        run.closed.complete(Receipts.result(run));
    }

    /** Gives a run that an earlier process closed the receipt that it did not get any more, now or when it can be written. */
    void closeLate(OpenRun run, Instant ended) {
        if (!ledger.closeLate(run, Receipts.of(run, world, ended, time))) {
            writeReceiptsLater();
        }
    }

    private void writeReceiptsLater() {
        time.after(BETWEEN_ATTEMPTS).thenRun(() -> {
            if (!ledger.writeKept()) {
                writeReceiptsLater();
            }
        });
    }
}
