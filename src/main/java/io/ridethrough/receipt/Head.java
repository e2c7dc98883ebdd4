package io.ridethrough.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The newest receipt of a chain, signed: who keeps it elsewhere can tell later whether the chain was cut or replaced.
 *
 * @param number of the receipt
 * @param hash of the receipt, and so of all before it
 * @param key that signed it, as text
 * @param signature of {@link #statement}, in base64
 */
public record Head(long number, String hash, String key, String signature) {
    private static final Set<String> FIELDS = Set.of("number", "hash", "key", "signature");

    /** The text that is signed, for a receipt and so for all before it. */
    static String statement(long number, String hash) {
        return "ridethrough receipt " + number + " " + hash;
    }

    /** Of a receipt; empty when it is not signed. */
    public static Optional<Head> of(JsonNode receipt) {
        return receipt.hasNonNull("signature")
                ? Optional.of(new Head(
                        receipt.path("number").asLong(),
                        receipt.path("hash").asText(),
                        receipt.path("key").asText(),
                        receipt.path("signature").asText()))
                : Optional.empty();
    }

    /** What {@link #json()} wrote; empty for anything else. */
    public static Optional<Head> read(JsonNode json) {
        Set<String> fields = new TreeSet<>();
        json.fieldNames().forEachRemaining(fields::add);
        return fields.equals(FIELDS) ? of(json) : Optional.empty();
    }

    /** The form in which it is kept elsewhere. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("number", number)
                .put("hash", hash)
                .put("key", key)
                .put("signature", signature);
    }

    /** Whether its own key signed it. */
    public boolean isGenuine() {
        return verifying()
                .map(by -> by.signed(statement(number, hash), signature))
                .orElse(false);
    }

    /** Its key; empty when that is no key. */
    public Optional<VerifyingKey> verifying() {
        try {
            return Optional.of(new VerifyingKey(key));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
