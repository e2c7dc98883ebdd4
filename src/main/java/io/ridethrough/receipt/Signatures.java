package io.ridethrough.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who signed the receipts of a chain whose hashes fit.
 *
 * @param good how many signatures are right, up to the first flaw
 */
record Signatures(long good, Optional<ReceiptChain.Flaw> flaw, List<String> notes) {
    static Signatures of(List<? extends JsonNode> receipts, List<VerifyingKey> trusted) {
        List<VerifyingKey> met = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        long good = 0;
        long unsigned = 0;
        for (JsonNode receipt : receipts) {
            Optional<String> wrong = wrong(receipt, met, trusted);
            if (wrong.isPresent()) {
                return new Signatures(
                        good, Optional.of(new ReceiptChain.Flaw(good + unsigned + 1, wrong.get())), notes);
            }
            if (receipt.has("signature")) {
                good++;
            } else {
                unsigned++;
            }
        }
        if (unsigned > 0 && good > 0) {
            notes.add("the first " + unsigned
                    + " are from before receipts were signed; what signs later ones covers them");
        }
        if (unsigned > 0 && good == 0) {
            String none = "none of the receipts is signed";
            return trusted.isEmpty()
                    ? new Signatures(
                            0, Optional.empty(), List.of(none + ": whoever wrote the file may have written them all"))
                    : new Signatures(0, Optional.of(new ReceiptChain.Flaw(1, none)), notes);
        }
        if (trusted.isEmpty() && good > 0) {
            notes.add("they are signed with the key " + met.get(0).fingerprint()
                    + ": nothing here says that this is your key, so compare it");
        }
        if (met.size() > 1) {
            notes.add("they are signed with " + met.size() + " keys, each of which you named: "
                    + met.stream().map(VerifyingKey::fingerprint).collect(Collectors.joining(", then ")));
        }
        return new Signatures(good, Optional.empty(), notes);
    }

    /** What is wrong with the signature of a receipt, those before it being right. */
    private static Optional<String> wrong(JsonNode receipt, List<VerifyingKey> met, List<VerifyingKey> trusted) {
        String which = "receipt " + receipt.path("number").asLong();
        if (!receipt.has("signature") && !receipt.has("key")) {
            return met.isEmpty()
                    ? Optional.empty()
                    : Optional.of(which + " is not signed, and those before it are"
                            + (receipt.has("unsigned")
                                    ? "; it says why: "
                                            + receipt.path("unsigned").asText()
                                    : ""));
        }
        Head head = Head.of(receipt).orElse(new Head(0, "", "", ""));
        Optional<VerifyingKey> key = head.verifying();
        if (key.isEmpty()) {
            return Optional.of(which + " names a key and is not signed with it");
        }
        if (!trusted.isEmpty() && !trusted.contains(key.get())) {
            return Optional.of(which + " is signed with another key than yours: "
                    + key.get().fingerprint() + ", not "
                    + trusted.stream().map(VerifyingKey::fingerprint).collect(Collectors.joining(" or ")));
        }
        if (trusted.isEmpty() && !met.isEmpty() && !met.get(0).equals(key.get())) {
            return Optional.of(
                    "from " + which + " on another key signs: " + key.get().fingerprint() + ", before it "
                            + met.get(0).fingerprint() + ". If you changed it, name both with --key");
        }
        if (!head.isGenuine()) {
            return Optional.of(which + " carries a signature that its key did not make");
        }
        if (!met.contains(key.get())) {
            met.add(key.get());
        }
        return Optional.empty();
    }
}
