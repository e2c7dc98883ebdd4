package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** Append-only and durable. Thread-safe; one process writes. */
public interface Journal extends AutoCloseable {
    /**
     * Appends one record under this process's epoch; when it returns the record is on disk.
     *
     * @throws StaleEpochException when another process has taken over: stand down, make no call (F2)
     * @throws JournalException when it could not be made durable
     */
    Entry append(Optional<String> run, String kind, JsonNode body);

    /** All records of one run, oldest first. */
    List<Entry> ofRun(String run);

    /** All records of the given kinds, oldest first. */
    List<Entry> ofKinds(String... kinds);

    /**
     * Appends a receipt that carries the hash of the one before and returns it as stored (canonical JSON).
     * Durable when it returns.
     */
    JsonNode appendReceipt(String run, JsonNode receipt);

    /** The receipt of a run, if it was written. */
    Optional<JsonNode> receipt(String run);

    /** All receipts, oldest first. */
    List<JsonNode> receipts();

    @Override
    void close();
}
