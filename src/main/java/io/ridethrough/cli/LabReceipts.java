package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.receipt.AnchorFile;
import io.ridethrough.receipt.KeyFile;
import io.ridethrough.receipt.Proof;
import io.ridethrough.receipt.ReceiptChain;
import io.ridethrough.receipt.ReceiptFile;
import io.ridethrough.receipt.Trust;
import io.ridethrough.receipt.VerifyingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The last scene of the lab: the receipts of what was played are proved, and a copy in which one byte was altered is
 * found out.
 *
 * @param at what the lab keeps
 */
record LabReceipts(Path at, ServiceClient client) {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(8);

    /**
     * What was shown.
     *
     * @param lines for people
     * @param code whether the copy was found out, and nothing else
     */
    record Shown(List<String> lines, int code) {
        Shown {
            lines = List.copyOf(lines);
        }
    }

    Shown show() throws IOException, InterruptedException {
        AnchorFile anchor = new AnchorFile(anchor(at));
        int atLeast = ReceiptSource.served(client).size();
        long deadline = System.nanoTime() + PATIENCE;
        while (anchor.heads().size() < atLeast && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        Optional<VerifyingKey> key = new KeyFile(at.resolve("state")).verifying();
        // Heads first: a receipt that is written meanwhile must not be missed in the copy.
        Trust trust = new Trust(key.stream().toList(), anchor.heads());
        List<JsonNode> receipts = ReceiptSource.served(client);
        Path folder = Files.createDirectories(at.resolve("receipts"));
        Path whole = folder.resolve("all.jsonl");
        Files.writeString(whole, ReceiptFile.write(receipts));
        Proof proved = Proof.of(ReceiptFile.read(Files.readAllBytes(whole)), trust);
        Path altered = Files.write(folder.resolve("all-but-one-byte.jsonl"), altered(Files.readAllBytes(whole)));
        Proof refused = Proof.of(ReceiptFile.read(Files.readAllBytes(altered)), trust);
        boolean well = proved.flaw().isEmpty() && refused.flaw().isPresent();
        return new Shown(
                List.of(
                        "  receipts "
                                + proved.flaw()
                                        .map(ReceiptChain.Flaw::what)
                                        .orElse("all " + proved.receipts()
                                                + " are as they were written, " + proved.signed()
                                                + " signed, kept elsewhere up to "
                                                + proved.anchored()),
                        "  tampered one byte of a copy altered: "
                                + refused.flaw()
                                        .map(flaw -> "caught, " + flaw.what())
                                        .orElse("NOT CAUGHT")),
                well ? Exit.WELL : Exit.INCOMPLETE);
    }

    /** Where the service of a lab keeps the heads of its receipts. */
    static Path anchor(Path at) {
        return at.resolve("receipts-anchor.jsonl");
    }

    /** What a run came to, told better than it was: one byte of the first result. */
    private static byte[] altered(byte[] whole) {
        String text = new String(whole, StandardCharsets.UTF_8);
        String before = "\"result\":\"";
        byte[] copy = whole.clone();
        int place = text.substring(0, text.indexOf(before) + before.length()).getBytes(StandardCharsets.UTF_8).length;
        copy[place] = (byte) (copy[place] ^ 1);
        return copy;
    }
}
