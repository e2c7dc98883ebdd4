package io.ridethrough.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Receipts in the order in which they were written, each with {@code number} (1, 2, 3 ...), {@code previous} (the hash
 * of the one before) and {@code hash} (over all the rest of itself). One that is signed names its {@code key} within
 * that, and carries the {@code signature} of its {@link Head} beside it.
 */
public final class ReceiptChain {
    /** What stands for the hash before the first. */
    public static final String START = "0".repeat(64);

    private ReceiptChain() {}

    /** The same as {@link #link(Optional, JsonNode, Signing)}, signed by nobody. */
    public static ObjectNode link(Optional<JsonNode> last, JsonNode receipt) {
        return link(last, receipt, Signing.NONE);
    }

    /**
     * The receipt with its place in the chain and its signature set; the given one is not changed.
     *
     * @param last the receipt before, empty for the first
     * @throws IllegalArgumentException when the receipt is no JSON object
     */
    public static ObjectNode link(Optional<JsonNode> last, JsonNode receipt, Signing signing) {
        if (!(receipt instanceof ObjectNode object)) {
            throw new IllegalArgumentException("a receipt is a JSON object, not " + receipt.getNodeType());
        }
        ObjectNode linked = object.deepCopy();
        linked.remove("signature");
        long number = last.map(r -> r.path("number").asLong()).orElse(0L) + 1;
        linked.put("number", number);
        linked.put("previous", last.map(r -> r.path("hash").asText()).orElse(START));
        if (signing instanceof Signing.None none && !none.why().isEmpty()) {
            linked.put("unsigned", none.why());
        }
        if (signing instanceof Signing.By by) {
            linked.put("key", by.key().verifying().text());
        }
        linked.put("hash", hashOf(linked));
        if (signing instanceof Signing.By by) {
            linked.put(
                    "signature",
                    by.key().sign(Head.statement(number, linked.path("hash").asText())));
        }
        return linked;
    }

    /**
     * The first flaw, or empty when every receipt is as it was written and none is missing, swapped or repeated.
     *
     * <p>That the newest receipts were cut off cannot be seen from the list alone: the journal keeps their hashes, and
     * whoever keeps their {@link Head}. Signatures are not looked at: {@link Proof} does.
     */
    public static Optional<Flaw> verify(List<? extends JsonNode> receipts) {
        String previous = START;
        for (int i = 0; i < receipts.size(); i++) {
            JsonNode receipt = receipts.get(i);
            long expected = i + 1L;
            if (!receipt.path("hash").asText().equals(hashOf(receipt))) {
                return Optional.of(new Flaw(expected, "receipt " + expected + " was altered: its hash does not fit"));
            }
            if (receipt.path("number").asLong() != expected) {
                return Optional.of(new Flaw(expected, misplaced(receipts, i)));
            }
            if (!receipt.path("previous").asText().equals(previous)) {
                return Optional.of(new Flaw(
                        expected,
                        "receipt " + expected + " does not follow the one before it: it is of another chain"));
            }
            previous = receipt.path("hash").asText();
        }
        return Optional.empty();
    }

    /** What the wrong number at that place tells. */
    private static String misplaced(List<? extends JsonNode> receipts, int at) {
        long expected = at + 1L;
        long number = receipts.get(at).path("number").asLong();
        Map<Long, Integer> places = new HashMap<>();
        for (int i = receipts.size() - 1; i >= 0; i--) {
            places.put(receipts.get(i).path("number").asLong(), i);
        }
        if (number < expected) {
            return "receipt " + number + " is there twice: once more where receipt " + expected + " belongs";
        }
        return places.containsKey(expected)
                ? "receipts are out of order: receipt " + number + " stands where receipt " + expected + " belongs"
                : "receipt " + expected + " is missing: number " + number + " stands there";
    }

    private static String hashOf(JsonNode receipt) {
        if (!(receipt instanceof ObjectNode object)) {
            return "not an object";
        }
        ObjectNode content = object.objectNode();
        content.setAll(object);
        content.remove(List.of("hash", "signature"));
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
