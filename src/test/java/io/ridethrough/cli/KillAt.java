package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.OtherJournal;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A journal that sends its own process a signal before or after the first of some writes that comes: SIGKILL, or
 * SIGSTOP, after which it goes on where it stood once another process continues it.
 */
final class KillAt extends OtherJournal {
    /** What stands before the boundary in the line that a process prints before it is struck. */
    static final String STRUCK = "killed at ";

    /** What strikes. */
    enum Signal {
        KILL,
        STOP
    }

    private final Journal disk;
    private final Signal signal;
    private final List<Boundary> boundaries;
    private final Map<String, Integer> seen = new HashMap<>();
    private final RecordNames names;

    private KillAt(Journal disk, Signal signal, List<Boundary> boundaries) {
        super(disk);
        this.disk = disk;
        this.signal = signal;
        this.boundaries = boundaries;
        this.names = new RecordNames(disk.ofKinds(RecordNames.RUN_BEGUN));
    }

    /** Reads boundaries as {@link Boundary} writes them, joined with commas; nothing strikes without. */
    static Journal of(Journal disk, Signal signal, String where) {
        return where.isEmpty()
                ? disk
                : new KillAt(
                        disk,
                        signal,
                        Stream.of(where.split(",", -1)).map(Boundary::parse).toList());
    }

    private synchronized <T> T write(List<String> written, Supplier<T> durably, Supplier<T> otherwise) {
        written.forEach(name -> seen.merge(name, 1, Integer::sum));
        Optional<Boundary> here = boundaries.stream()
                .filter(each -> written.contains(each.what()) && seen.getOrDefault(each.what(), 0) == each.nth())
                .findFirst();
        if (here.isEmpty()) {
            return otherwise.get();
        }
        Optional<T> stored = here.get().after() ? Optional.of(durably.get()) : Optional.empty();
        System.out.println(STRUCK + here.get());
        try {
            new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        if (signal == Signal.KILL) {
            throw new AssertionError("killed, and still here");
        }
        return stored.orElseGet(otherwise);
    }

    @Override
    public Entry append(Optional<String> run, String what, JsonNode body) {
        return write(names.of(run, what, body), () -> disk.append(run, what, body), () -> disk.append(run, what, body));
    }

    @Override
    public CompletionStage<Entry> appendAsync(Optional<String> run, String what, JsonNode body) {
        return write(
                names.of(run, what, body),
                () -> CompletableFuture.completedFuture(disk.append(run, what, body)),
                () -> disk.appendAsync(run, what, body));
    }

    @Override
    public CompletionStage<Entry> appendSoon(Optional<String> run, String what, JsonNode body) {
        return write(
                names.of(run, what, body),
                () -> CompletableFuture.completedFuture(disk.append(run, what, body)),
                () -> disk.appendSoon(run, what, body));
    }

    @Override
    public JsonNode appendReceipt(String run, JsonNode receipt) {
        return write(
                names.of(Optional.of(run), "receipt", receipt),
                () -> disk.appendReceipt(run, receipt),
                () -> disk.appendReceipt(run, receipt));
    }
}
