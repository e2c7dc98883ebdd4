package io.ridethrough.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be said of a chain of receipts: whether it is as it was written, and what that rests on.
 *
 * @param receipts how many there are
 * @param signed how many carry a signature that is right
 * @param anchored the number of the newest receipt that was found kept elsewhere; 0 where none was
 * @param flaw the first thing that is wrong; empty when nothing is
 * @param notes what a person should know all the same
 */
public record Proof(long receipts, long signed, long anchored, Optional<ReceiptChain.Flaw> flaw, List<String> notes) {
    public Proof {
        notes = List.copyOf(notes);
    }

    /** Proves the receipts of a chain, from its first on. */
    public static Proof of(List<? extends JsonNode> receipts, Trust trust) {
        return of(receipts, Optional.empty(), trust);
    }

    /** Proves what a file holds. */
    public static Proof of(ReceiptFile.Content content, Trust trust) {
        return of(content.receipts(), content.flaw(), trust);
    }

    private static Proof of(List<? extends JsonNode> receipts, Optional<ReceiptChain.Flaw> unreadable, Trust trust) {
        Optional<ReceiptChain.Flaw> chain = ReceiptChain.verify(receipts);
        List<? extends JsonNode> sound =
                receipts.subList(0, chain.map(flaw -> (int) flaw.number() - 1).orElse(receipts.size()));
        Signatures signatures = Signatures.of(sound, trust.keys());
        Anchored anchored = Anchored.of(sound, trust.anchors());
        Optional<ReceiptChain.Flaw> first = Stream.of(chain, signatures.flaw(), unreadable, anchored.flaw())
                .flatMap(Optional::stream)
                .min(Comparator.comparingLong(ReceiptChain.Flaw::number));
        List<String> notes = new ArrayList<>(signatures.notes());
        if (!receipts.isEmpty() && Anchored.tookThePlace(receipts.get(0))) {
            notes.add("receipt 1 says that this journal took the place of a damaged one, "
                    + receipts.get(0).path("set-aside").asText() + ": the receipts before are in that file");
        }
        notes.addAll(anchored.notes());
        return new Proof(receipts.size(), signatures.good(), anchored.newest(), first, notes);
    }
}
