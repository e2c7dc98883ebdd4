package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.receipt.CanonicalJson;
import io.ridethrough.receipt.ReceiptChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A journal that outlives the processes that write it and forgets nothing but its host. */
public final class MemoryJournal implements Journal {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Time clock;
    private boolean full;
    private final List<Entry> entries = new ArrayList<>();
    private final List<JsonNode> receipts = new ArrayList<>();

    public MemoryJournal(Time clock) {
        this.clock = clock;
    }

    /** From now on nothing can be written, or again. */
    public void full(boolean is) {
        full = is;
    }

    private void refuseIfFull() {
        if (full) {
            throw new JournalException("no space left on device");
        }
    }

    @Override
    public Entry append(Optional<String> run, String kind, JsonNode body) {
        refuseIfFull();
        Entry entry = new Entry(entries.size() + 1L, run, kind, clock.now(), stored(body), "", "");
        entries.add(entry);
        return entry;
    }

    @Override
    public CompletionStage<Entry> appendAsync(Optional<String> run, String kind, JsonNode body) {
        return CompletableFuture.completedFuture(append(run, kind, body));
    }

    @Override
    public CompletionStage<Entry> appendSoon(Optional<String> run, String kind, JsonNode body) {
        return appendAsync(run, kind, body);
    }

    private static JsonNode stored(JsonNode body) {
        try {
            return JSON.readTree(CanonicalJson.write(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    @Override
    public List<Entry> ofRun(String run) {
        return entries.stream()
                .filter(entry -> entry.run().equals(Optional.of(run)))
                .toList();
    }

    @Override
    public List<Entry> ofKinds(String... kinds) {
        return entries.stream()
                .filter(entry -> List.of(kinds).contains(entry.kind()))
                .toList();
    }

    @Override
    public JsonNode appendReceipt(String run, JsonNode receipt) {
        refuseIfFull();
        Optional<JsonNode> last =
                receipts.isEmpty() ? Optional.empty() : Optional.of(receipts.get(receipts.size() - 1));
        JsonNode linked = ReceiptChain.link(last, receipt);
        receipts.add(stored(linked));
        append(Optional.of(run), "receipt-stored", JsonNodeFactory.instance.objectNode());
        return linked;
    }

    @Override
    public Optional<JsonNode> receipt(String run) {
        return receipts.stream()
                .filter(receipt -> receipt.path("run").asText().equals(run))
                .findFirst();
    }

    @Override
    public List<JsonNode> receipts() {
        return List.copyOf(receipts);
    }

    @Override
    public void close() {
        // it stays for the next process
    }
}
