package io.ridethrough.journal;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A record that was taken and is not on disk yet.
 *
 * @param text its body as canonical JSON, written when it was taken: the body may change afterwards
 * @param written completes once it is on disk, or with why it is not
 */
record PendingEntry(Optional<String> run, String kind, String text, Instant at, CompletableFuture<Entry> written) {
    PendingEntry(Optional<String> run, String kind, String text, Instant at) {
        this(run, kind, text, at, new CompletableFuture<>());
    }
}
