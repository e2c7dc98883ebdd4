package io.ridethrough.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.journal.OtherJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The journal as one process writes it: records wait for a shared flush, and are gone if the process ends before. */
final class Written extends OtherJournal {
    private record Waiting(Supplier<Entry> write, CompletableFuture<Entry> written) {}

    private final Journal disk;
    private final Life life;
    private final List<Waiting> waiting = new ArrayList<>();

    Written(Journal disk, Life life) {
        super(disk);
        this.disk = disk;
        this.life = life;
    }

    @Override
    public Entry append(Optional<String> run, String kind, JsonNode body) {
        flush();
        Entry entry = life.write(() -> disk.append(run, kind, body));
        if (kind.equals("settled")) {
            life.settled(entry.body());
        }
        return entry;
    }

    @Override
    public CompletionStage<Entry> appendAsync(Optional<String> run, String kind, JsonNode body) {
        return take(run, kind, body, Duration.ofMillis(2));
    }

    @Override
    public CompletionStage<Entry> appendSoon(Optional<String> run, String kind, JsonNode body) {
        return take(run, kind, body, Duration.ofMillis(50));
    }

    private CompletionStage<Entry> take(Optional<String> run, String kind, JsonNode body, Duration within) {
        JsonNode taken = body.deepCopy();
        CompletableFuture<Entry> written = new CompletableFuture<>();
        waiting.add(new Waiting(() -> disk.append(run, kind, taken), written));
        life.in(within, this::flush);
        return written;
    }

    private void flush() {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.remove(0);
            try {
                Entry entry = life.write(next.write());
                life.soon(() -> next.written().complete(entry));
            } catch (JournalException e) {
                life.soon(() -> next.written().completeExceptionally(e));
            }
        }
    }

    @Override
    public JsonNode appendReceipt(String run, JsonNode receipt) {
        flush();
        return life.write(() -> disk.appendReceipt(run, receipt));
    }

    @Override
    public void close() {
        // the disk stays for the next process
    }
}
