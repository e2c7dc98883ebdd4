package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One record of the journal as stored.
 *
 * @param seq 1, 2, 3 ... without gaps
 * @param kind a word such as {@code intention}
 * @param body canonical JSON
 * @param previous hash of the record before, 64 zeros for the first
 * @param hash SHA-256 (hex) over previous, seq, kind, run, at and body
 */
public record Entry(
        long seq, Optional<String> run, String kind, Instant at, JsonNode body, String previous, String hash) {}
