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

/** A journal that kills its own process, with SIGKILL, before or after the first of some writes that comes. */
final class KillAt extends OtherJournal {
    /** What stands before the boundary in the last line that a killed process prints. */
    static final String STRUCK = "killed at ";

    private final Journal disk;
    private final List<Boundary> boundaries;
    private final Map<String, Integer> seen = new HashMap<>();
    private final RecordNames names;

    private KillAt(Journal disk, List<Boundary> boundaries) {
        super(disk);
        this.disk = disk;
        this.boundaries = boundaries;
        this.names = new RecordNames(disk.ofKinds(RecordNames.RUN_BEGUN));
    }

    /** Reads boundaries as {@link Boundary} writes them, joined with commas; nothing dies without. */
    static Journal of(Journal disk, String where) {
        return where.isEmpty()
                ? disk
                : new KillAt(
                        disk,
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
        if (here.get().after()) {
            T stored = durably.get();
            assert stored != null;
        }
        System.out.println(STRUCK + here.get());
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
