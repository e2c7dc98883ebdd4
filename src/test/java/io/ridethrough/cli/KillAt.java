package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A journal that kills its own process, with SIGKILL, before or after one of its writes.
 *
 * @param kind the kind of record, or empty for any; {@code receipt} for a receipt
 * @param nth the how-manieth of that kind, from 1
 * @param seen how many of that kind were written by this process
 * @param after whether the record is on disk then
 */
record KillAt(Journal disk, String kind, int nth, boolean after, AtomicInteger seen) implements Journal {
    /** Reads {@code kind:nth:before} or {@code kind:nth:after}; nothing dies without. */
    static Journal of(Journal disk, String where) {
        if (where.isEmpty()) {
            return disk;
        }
        String[] parts = where.split(":", -1);
        return new KillAt(disk, parts[0], Integer.parseInt(parts[1]), parts[2].equals("after"), new AtomicInteger());
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

    @Override
    public List<Entry> ofRun(String run) {
        return disk.ofRun(run);
    }

    @Override
    public List<Entry> ofKinds(String... kinds) {
        return disk.ofKinds(kinds);
    }

    @Override
    public Optional<JsonNode> receipt(String run) {
        return disk.receipt(run);
    }

    @Override
    public List<JsonNode> receipts() {
        return disk.receipts();
    }

    @Override
    public void close() {
        disk.close();
    }
}
