package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.journal.StaleEpochException;
import io.ridethrough.plan.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal as runs write it. Where it cannot be written, a protective shutdown goes on in memory and everything else
 * acts no more (R34); where another process has taken over, nothing acts (F2). Thread-safe.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** What is so whether it is written or not: kept for every run. What was about to be did not come to be without a record. */
    private static final Set<String> HAPPENED = Set.of(Notes.SETTLED, Notes.RUN_STOPPED);

    private final Journal journal;
    private final Map<String, Kept> unwritten = new LinkedHashMap<>();
    private final Deque<Lost> lost = new ArrayDeque<>();

    /** A record of what happened while the journal could not be written; it is written when there is room again. */
    private record Lost(String run, String kind, ObjectNode body) {}

    /**
     * A receipt that is in memory only.
     *
     * @param closed whether the end of its run is on record already
     */
    private record Kept(ObjectNode receipt, boolean closed) {}

    Ledger(Journal journal) {
        this.journal = journal;
    }

    /**
     * Writes before an act. Completes with nothing once the intention, and every note before it, is on disk (R18);
     * otherwise with the reason why the act must not happen.
     */
    CompletionStage<Optional<String>> intend(OpenRun run, ObjectNode intention) {
        return taken(run, Notes.INTENTION, intention, journal::appendAsync).thenApply(done -> run.forbidden());
    }

    /** The field of an intention to reboot that holds the boot which ends by it. */
    static final String BOOT = "boot";

    /** Which boot a node was in each time that this run was about to tell it to reboot, oldest first. */
    List<String> bootsBefore(OpenRun run, Step step) {
        return journal.ofRun(run.id).stream()
                .filter(entry -> entry.kind().equals(Notes.INTENTION)
                        && entry.body().path("step").asText().equals(step.id().value())
                        && entry.body().has(BOOT))
                .map(entry -> entry.body().path(BOOT).asText())
                .toList();
    }

    /** The newest seal of a run. */
    Optional<Sealed> sealed(OpenRun run) {
        return journal.ofRun(run.id).stream()
                .filter(entry -> entry.kind().equals(Notes.SEALED))
                .reduce((first, second) -> second)
                .map(entry -> Sealed.read(entry.body()));
    }

    /** Takes what nobody has to wait for: it reaches the disk before every later record. */
    void note(OpenRun run, String kind, ObjectNode body) {
        taken(run, kind, body, journal::appendSoon);
    }

    /** Takes the contracts of a run that is about to begin, unless the journal has them (R33). */
    void seal(OpenRun run) {
        try {
            SealedContracts.missing(journal, run.contracts).ifPresent(body -> {
                var unused = journal.appendSoon(Optional.empty(), Notes.CONTRACTS, body)
                        .whenComplete((entry, trouble) -> {
                            if (trouble != null) {
                                LOG.atError().setCause(trouble).log("The contracts of a run could not be sealed");
                            }
                        });
            });
        } catch (JournalException e) {
            failed(run, e);
        }
    }

    /** Writes what must be on disk before anything else happens, if it can be written at all. */
    void write(OpenRun run, String kind, ObjectNode body) {
        try {
            catchUp();
            journal.append(Optional.of(run.id), kind, body);
        } catch (JournalException e) {
            failed(run, e);
            keep(run, kind, body);
        }
    }

    private void keep(OpenRun run, String kind, ObjectNode body) {
        if (run.protects() || HAPPENED.contains(kind)) {
            synchronized (lost) {
                lost.add(new Lost(run.id, kind, body.deepCopy()));
            }
        }
    }

    /** Writes what could not be written before, in its order: what was running must outlive this process too (R38). */
    private void catchUp() {
        synchronized (lost) {
            while (!lost.isEmpty()) {
                Lost first = lost.element();
                first.body().put("late", true);
                journal.append(Optional.of(first.run()), first.kind(), first.body());
                lost.remove();
            }
        }
    }

    /** A way to append without waiting. */
    private interface Append {
        CompletionStage<Entry> append(Optional<String> run, String kind, JsonNode body);
    }

    /** Writes what was seen before a run has begun; when it returns it is on disk. */
    void observed(ObjectNode body) {
        journal.append(Optional.empty(), Notes.OBSERVED, body);
    }

    private CompletionStage<Void> taken(OpenRun run, String kind, ObjectNode body, Append append) {
        CompletionStage<Entry> taken;
        try {
            catchUp();
            taken = append.append(Optional.of(run.id), kind, body);
        } catch (JournalException e) {
            taken = CompletableFuture.failedFuture(e);
        }
        return taken.handle((entry, trouble) -> {
            @Nullable Throwable cause = trouble instanceof CompletionException ? trouble.getCause() : trouble;
            if (cause != null) {
                failed(
                        run,
                        cause instanceof JournalException known
                                ? known
                                : new JournalException("a record could not be stored", cause));
                keep(run, kind, body);
            }
            return null;
        });
    }

    private static void failed(OpenRun run, JournalException trouble) {
        if (trouble instanceof StaleEpochException) {
            run.forbid("another process has taken over: " + trouble.getMessage());
            LOG.atError().addKeyValue("run", run.id).log("Another process has taken over; this one acts no more");
        } else {
            cannotWrite(run, trouble);
        }
    }

    static void cannotWrite(OpenRun run, JournalException trouble) {
        String why = "the journal cannot be written: " + trouble.getMessage();
        if (run.protects()) {
            if (run.goesOnUnjournalled(why)) {
                LOG.atError()
                        .setCause(trouble)
                        .addKeyValue("run", run.id)
                        .log("The shutdown goes on without its journal; a person is needed");
            }
        } else {
            run.forbid(why);
            LOG.atError()
                    .setCause(trouble)
                    .addKeyValue("run", run.id)
                    .log("The run acts no more, since its journal cannot be written; a person is needed");
        }
    }

    /** Ends a run with its receipt; false when it cannot be written now and is kept for {@link #writeKept()}. */
    synchronized boolean close(OpenRun run, ObjectNode receipt) {
        unwritten.put(run.id, new Kept(receipt, false));
        return writeKept();
    }

    /** Writes the receipts that could not be written before; false while some remain in memory only. */
    synchronized boolean writeKept() {
        for (String run : List.copyOf(unwritten.keySet())) {
            Kept kept = Objects.requireNonNull(unwritten.get(run));
            try {
                catchUp();
                if (!kept.closed()) {
                    String result = kept.receipt().path("result").asText();
                    journal.append(
                            Optional.of(run), Notes.RUN_CLOSED, Notes.object().put("result", result));
                    unwritten.put(run, new Kept(kept.receipt(), true));
                }
                journal.appendReceipt(run, kept.receipt());
                unwritten.remove(run);
            } catch (JournalException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("run", run)
                        .log("A receipt is in memory only: {}", kept.receipt());
                return false;
            }
        }
        return true;
    }

    /** The receipts that are in memory only, oldest first. */
    synchronized List<ObjectNode> kept() {
        return unwritten.values().stream()
                .map(kept -> kept.receipt().deepCopy())
                .toList();
    }

    /** Writes the missing receipt of a run whose end is in the journal; false as for {@link #close}. */
    synchronized boolean closeLate(OpenRun run, ObjectNode receipt) {
        LOG.atWarn().addKeyValue("run", run.id).log("A run had closed without its receipt; it gets one now");
        unwritten.put(run.id, new Kept(receipt, true));
        return writeKept();
    }
}
