package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Append-only and durable. Thread-safe; one process writes. */
public interface Journal extends AutoCloseable {
    /**
     * Appends one record under this process's epoch; when it returns the record is on disk.
     *
     * @throws StaleEpochException when another process has taken over: stand down, make no call (F2)
     * @throws JournalException when it could not be made durable
     */
    Entry append(Optional<String> run, String kind, JsonNode body);

    /**
     * Takes one record and returns at once; the stage completes when the record is on disk, or exceptionally with what
     * {@link #append} throws. Records reach the disk in the order in which they were taken, by either way, and several
     * may share one flush: whoever sees a record on disk sees every record taken before it.
     */
    CompletionStage<Entry> appendAsync(Optional<String> run, String kind, JsonNode body);

    /** The same for records that nobody waits for: on disk with the next record of any kind, else within 50 ms. */
    CompletionStage<Entry> appendSoon(Optional<String> run, String kind, JsonNode body);

    /** All records of one run, oldest first. */
    List<Entry> ofRun(String run);

    /** All records of the given kinds, oldest first. */
    List<Entry> ofKinds(String... kinds);

    /**
     * Appends a receipt that carries the hash of the one before and returns it as stored (canonical JSON).
     * Durable when it returns.
     *
     * @param run the run, or the name of whatever else leaves a receipt; each has one
     */
    JsonNode appendReceipt(String run, JsonNode receipt);

    /** The receipt of a run, or of what else leaves one, if it was written. */
    Optional<JsonNode> receipt(String run);

    /** All receipts, oldest first. */
    List<JsonNode> receipts();

    /** The first so many receipts after that number, oldest first. */
    default List<JsonNode> receiptsAfter(long number, int most) {
        return receipts().stream()
                .filter(receipt -> receipt.path("number").asLong() > number)
                .limit(most)
                .toList();
    }

    /** Why nothing can be written since it could not even be opened, if so (R34). */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    void close();
}
