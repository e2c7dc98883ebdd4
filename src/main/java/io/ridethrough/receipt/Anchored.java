package io.ridethrough.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A chain beside the heads of it that were kept elsewhere.
 *
 * @param newest the number of the newest head that is a receipt of the chain; 0 where none is
 */
record Anchored(long newest, Optional<ReceiptChain.Flaw> flaw, List<String> notes) {
    static Anchored of(List<? extends JsonNode> receipts, List<Head> heads) {
        if (heads.isEmpty()) {
            return new Anchored(
                    0,
                    Optional.empty(),
                    List.of("no head kept elsewhere was given: a tail that was cut off would not show"));
        }
        List<Head> strangers = new ArrayList<>();
        long newest = 0;
        for (Head head : heads) {
            if (fits(receipts, head)) {
                newest = Math.max(newest, head.number());
            } else if (newest > 0 || !startsAnew(receipts)) {
                return new Anchored(newest, Optional.of(flaw(receipts, heads)), List.of());
            } else {
                strangers.add(head);
            }
        }
        List<String> notes = new ArrayList<>();
        if (!strangers.isEmpty()) {
            notes.add(strangers.size() + " heads kept elsewhere are of the journal before, up to its receipt "
                    + strangers.stream().mapToLong(Head::number).max().orElse(0));
        }
        if (newest == 0) {
            notes.add("no receipt of this journal was kept elsewhere yet: a tail that was cut off would not show");
        }
        return new Anchored(newest, Optional.empty(), notes);
    }

    private static boolean startsAnew(List<? extends JsonNode> receipts) {
        return !receipts.isEmpty() && tookThePlace(receipts.get(0));
    }

    /** Whether a first receipt says that what came before was set aside. */
    static boolean tookThePlace(JsonNode first) {
        return first.path("kind").asText().equals("journal") && first.has("set-aside");
    }

    private static boolean fits(List<? extends JsonNode> receipts, Head head) {
        return head.number() >= 1
                && head.number() <= receipts.size()
                && receipts.get((int) head.number() - 1).path("hash").asText().equals(head.hash());
    }

    /** Of the heads that do not fit, what the lowest tells. */
    private static ReceiptChain.Flaw flaw(List<? extends JsonNode> receipts, List<Head> heads) {
        Head lowest = heads.stream()
                .filter(head -> !fits(receipts, head))
                .min(Comparator.comparingLong(Head::number))
                .orElseThrow();
        if (!lowest.isGenuine()) {
            return new ReceiptChain.Flaw(
                    lowest.number(), "the head of receipt " + lowest.number() + " that was kept elsewhere was altered");
        }
        if (lowest.number() > receipts.size()) {
            long highest = heads.stream().mapToLong(Head::number).max().orElse(0);
            return new ReceiptChain.Flaw(
                    receipts.size() + 1L,
                    "the end was cut off: receipt " + highest + " was kept elsewhere, and the last one here is "
                            + receipts.size());
        }
        return new ReceiptChain.Flaw(
                lowest.number(),
                "receipt " + lowest.number() + " is not the one that was kept elsewhere: the chain was replaced");
    }
}
