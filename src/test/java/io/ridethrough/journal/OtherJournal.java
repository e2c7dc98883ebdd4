package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A journal as another one, to be changed in one place by those that extend it. */
public class OtherJournal implements Journal {
    private final Journal sound;

    protected OtherJournal(Journal sound) {
        this.sound = sound;
    }

    @Override
    public Entry append(Optional<String> run, String kind, JsonNode body) {
        return sound.append(run, kind, body);
    }

    @Override
    public CompletionStage<Entry> appendAsync(Optional<String> run, String kind, JsonNode body) {
        return sound.appendAsync(run, kind, body);
    }

    @Override
    public CompletionStage<Entry> appendSoon(Optional<String> run, String kind, JsonNode body) {
        return sound.appendSoon(run, kind, body);
    }

    @Override
    public List<Entry> ofRun(String run) {
        return sound.ofRun(run);
    }

    @Override
    public List<Entry> ofKinds(String... kinds) {
        return sound.ofKinds(kinds);
    }

    @Override
    public JsonNode appendReceipt(String run, JsonNode receipt) {
        return sound.appendReceipt(run, receipt);
    }

    @Override
    public Optional<JsonNode> receipt(String run) {
        return sound.receipt(run);
    }

    @Override
    public List<JsonNode> receipts() {
        return sound.receipts();
    }

    @Override
    public Optional<String> unavailable() {
        return sound.unavailable();
    }

    @Override
    public void close() {
        sound.close();
    }
}
