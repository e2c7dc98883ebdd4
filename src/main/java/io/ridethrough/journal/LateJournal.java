package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in where the journal cannot be opened, so that protection can go on (R34). It tells what was read of the
 * journal, and refuses every record until the journal opens; from then on it passes them on.
 */
public final class LateJournal implements Journal {
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(5);

    private final Supplier<Journal> opening;
    private final Snapshot before;
    private final InstantSource clock;
    private final String reason;
    private Instant tried;
    private JournalException trouble;
    private @Nullable Journal opened;

    /**
     * Stands in for a journal.
     *
     * @param opening opens the journal, or throws {@link JournalException}
     * @param trouble why it could not be opened
     * @param before what is known of it
     */
    public LateJournal(Supplier<Journal> opening, JournalException trouble, Snapshot before, InstantSource clock) {
        this.opening = opening;
        this.trouble = trouble;
        this.before = before;
        this.clock = clock;
        this.tried = clock.instant();
        this.reason = "the journal could not be opened (" + trouble.getMessage()
                + "): only protection runs, and nothing of it is written down until the journal opens (R34)";
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.of(reason);
    }

    /** Whether the journal has opened by now, which is tried again every few seconds. */
    public boolean hasOpened() {
        try {
            var unused = journal();
            return true;
        } catch (JournalException notYet) {
            return false;
        }
    }

    private synchronized Journal journal() {
        Journal known = opened;
        if (known != null) {
            return known;
        }
        Instant now = clock.instant();
        if (Duration.between(tried, now).abs().compareTo(BETWEEN_ATTEMPTS) < 0) {
            throw new JournalException("the journal cannot be opened: " + trouble.getMessage(), trouble);
        }
        tried = now;
        try {
            Journal late = opening.get();
            opened = late;
            return late;
        } catch (JournalException e) {
            trouble = e;
            throw e;
        }
    }

    private synchronized Optional<Journal> already() {
        return Optional.ofNullable(opened);
    }

    @Override
    public Entry append(Optional<String> run, String kind, JsonNode body) {
        return journal().append(run, kind, body);
    }

    @Override
    public CompletionStage<Entry> appendAsync(Optional<String> run, String kind, JsonNode body) {
        try {
            return journal().appendAsync(run, kind, body);
        } catch (JournalException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<Entry> appendSoon(Optional<String> run, String kind, JsonNode body) {
        try {
            return journal().appendSoon(run, kind, body);
        } catch (JournalException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public List<Entry> ofRun(String run) {
        return already().map(journal -> journal.ofRun(run)).orElseGet(() -> before.entries().stream()
                .filter(entry -> entry.run().equals(Optional.of(run)))
                .toList());
    }

    @Override
    public List<Entry> ofKinds(String... kinds) {
        return already().map(journal -> journal.ofKinds(kinds)).orElseGet(() -> before.entries().stream()
                .filter(entry -> Arrays.asList(kinds).contains(entry.kind()))
                .toList());
    }

    @Override
    public JsonNode appendReceipt(String run, JsonNode receipt) {
        return journal().appendReceipt(run, receipt);
    }

    @Override
    public Optional<JsonNode> receipt(String run) {
        return receipts().stream()
                .filter(receipt -> receipt.path("run").asText().equals(run))
                .findFirst();
    }

    @Override
    public List<JsonNode> receipts() {
        return already().map(Journal::receipts).orElseGet(before::receipts);
    }

    @Override
    public List<JsonNode> receiptsAfter(long number, int most) {
        return already()
                .map(journal -> journal.receiptsAfter(number, most))
                .orElseGet(() -> Journal.super.receiptsAfter(number, most));
    }

    @Override
    public void close() {
        already().ifPresent(Journal::close);
    }
}
