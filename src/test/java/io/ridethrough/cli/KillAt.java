package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.OtherJournal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A journal that kills its own process, with SIGKILL, before or after one of its writes. */
final class KillAt extends OtherJournal {
    private final Journal disk;
    private final String kind;
    private final int nth;
    private final boolean after;
    private final AtomicInteger seen = new AtomicInteger();

    /**
     * Dies once.
     *
     * @param kind the kind of record, or empty for any; {@code receipt} for a receipt
     * @param nth the how-manieth of that kind in this process, from 1
     * @param after whether the record is on disk then
     */
    private KillAt(Journal disk, String kind, int nth, boolean after) {
        super(disk);
        this.disk = disk;
        this.kind = kind;
        this.nth = nth;
        this.after = after;
    }

    /** Reads {@code kind:nth:before} or {@code kind:nth:after}; nothing dies without. */
    static Journal of(Journal disk, String where) {
        if (where.isEmpty()) {
            return disk;
        }
        String[] parts = where.split(":", -1);
        return new KillAt(disk, parts[0], Integer.parseInt(parts[1]), parts[2].equals("after"));
    }

    private synchronized <T> T write(String written, Supplier<T> durably, Supplier<T> otherwise) {
        boolean here = (kind.isEmpty() || kind.equals(written)) && seen.incrementAndGet() == nth;
        if (!here) {
            return otherwise.get();
        }
        if (after) {
            T stored = durably.get();
            assert stored != null;
        }
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            throw new AssertionError("killed, and still here");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Entry append(Optional<String> run, String what, JsonNode body) {
        return write(what, () -> disk.append(run, what, body), () -> disk.append(run, what, body));
    }

    @Override
    public CompletionStage<Entry> appendAsync(Optional<String> run, String what, JsonNode body) {
        return write(
                what,
                () -> CompletableFuture.completedFuture(disk.append(run, what, body)),
                () -> disk.appendAsync(run, what, body));
    }

    @Override
    public CompletionStage<Entry> appendSoon(Optional<String> run, String what, JsonNode body) {
        return write(
                what,
                () -> CompletableFuture.completedFuture(disk.append(run, what, body)),
                () -> disk.appendSoon(run, what, body));
    }

    @Override
    public JsonNode appendReceipt(String run, JsonNode receipt) {
        return write("receipt", () -> disk.appendReceipt(run, receipt), () -> disk.appendReceipt(run, receipt));
    }
}
