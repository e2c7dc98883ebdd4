package io.ridethrough.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Receipts in the order in which they were written, each with {@code number} (1, 2, 3 ...), {@code previous} (the hash
 * of the one before) and {@code hash} (over all the rest of itself).
 */
public final class ReceiptChain {
    /** What stands for the hash before the first. */
    public static final String START = "0".repeat(64);

    private ReceiptChain() {}

    /**
     * The receipt with {@code number}, {@code previous} and {@code hash} set; the given one is not changed.
     *
     * @param last the receipt before, empty for the first
     * @throws IllegalArgumentException when the receipt is no JSON object
     */
    public static ObjectNode link(Optional<JsonNode> last, JsonNode receipt) {
        if (!(receipt instanceof ObjectNode object)) {
            throw new IllegalArgumentException("a receipt is a JSON object, not " + receipt.getNodeType());
        }
        ObjectNode linked = object.deepCopy();
        linked.put("number", last.map(r -> r.path("number").asLong()).orElse(0L) + 1);
        linked.put("previous", last.map(r -> r.path("hash").asText()).orElse(START));
        linked.put("hash", hashOf(linked));
        return linked;
    }

    /**
     * The first flaw, or empty when every receipt is as it was written and none is missing, swapped or repeated.
     *
     * <p>That the newest receipts were cut off cannot be seen from the list alone: the journal keeps their hashes.
     */
    public static Optional<Flaw> verify(List<? extends JsonNode> receipts) {
        String previous = START;
        for (int i = 0; i < receipts.size(); i++) {
            JsonNode receipt = receipts.get(i);
            long expected = i + 1L;
            if (!receipt.path("hash").asText().equals(hashOf(receipt))) {
                return Optional.of(new Flaw(expected, "receipt " + expected + " was altered: its hash does not fit"));
            }
            long number = receipt.path("number").asLong();
            if (number != expected) {
                return Optional.of(
                        new Flaw(expected, "receipt " + expected + " is missing: number " + number + " stands there"));
            }
            if (!receipt.path("previous").asText().equals(previous)) {
                return Optional.of(new Flaw(expected, "receipt " + expected + " does not follow the one before it"));
            }
            previous = receipt.path("hash").asText();
        }
        return Optional.empty();
    }

    private static String hashOf(JsonNode receipt) {
        if (!(receipt instanceof ObjectNode object)) {
            return "not an object";
        }
        ObjectNode content = object.deepCopy();
        content.remove("hash");
        return CanonicalJson.hash(content);
    }

    /**
     * Where the chain breaks.
     *
     * @param number the place in the list, counted from 1
     * @param what one sentence for people
     */
    public record Flaw(long number, String what) {}
}
