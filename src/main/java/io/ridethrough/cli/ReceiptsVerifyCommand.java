package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.api.ReceiptsApi;
import io.ridethrough.receipt.Proof;
import io.ridethrough.receipt.ReceiptFile;
import io.ridethrough.receipt.Trust;
import io.ridethrough.receipt.VerifyingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that no receipt was altered, dropped, swapped, repeated or cut off, or names the first that was. */
@Command(
        name = "verify",
        description =
                "Proves that no receipt was altered, dropped, swapped, repeated or cut off, or names the first one"
                        + " and what is wrong with it. Exits with 0 when all are as they were written, else with 1.")
final class ReceiptsVerifyCommand implements Callable<Integer> {
    @Mixin
    private final ReceiptSource source = new ReceiptSource();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The public key that signed them; give each where it was changed (default: this"
                    + " installation's).")
    private @Nullable List<Path> keys;

    @Option(
            names = "--anchor",
            paramLabel = "FILE",
            description = "Heads that were kept elsewhere: the file of ridethrough.receipts.anchor, or what the broker"
                    + " retained (default: this installation's file).")
    private @Nullable List<Path> anchors;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Trust trust = source.trust(ReceiptsCommand.files(keys), ReceiptsCommand.files(anchors));
        ReceiptFile.Content content = source.content();
        Proof proof = Proof.of(content, trust);
        JsonNode elsewhere = source.elsewhere().orElseGet(JsonNodeFactory.instance::arrayNode);
        boolean well = proof.flaw().isEmpty() && strangers(elsewhere).isEmpty();
        System.out.print(
                json
                        ? view(proof, trust, elsewhere).put("well", well) + "\n"
                        : render(content, proof, trust) + told(elsewhere));
        return well ? Exit.WELL : Exit.REFUSED;
    }

    /** The places that keep the head of a receipt which the service has not: nobody but a person can tell why. */
    static List<String> strangers(JsonNode elsewhere) {
        List<String> places = new ArrayList<>();
        elsewhere.forEach(place -> {
            if (place.path("state").asText().equals("another-chain")) {
                places.add(place.path("place").asText());
            }
        });
        return places;
    }

    /** What the proof came to, for people. */
    static String render(ReceiptFile.Content content, Proof proof, Trust trust) {
        StringBuilder text = new StringBuilder();
        proof.flaw().ifPresent(flaw -> {
            text.append("NOT AS WRITTEN: ").append(flaw.what()).append(".\n");
            content.receipts().stream()
                    .skip(flaw.number() - 1)
                    .findFirst()
                    .map(ReceiptsApi::summary)
                    .ifPresent(at -> text.append("  what stands there says: ")
                            .append(at.path("kind").asText())
                            .append(' ')
                            .append(at.path("name").asText())
                            .append(", ")
                            .append(at.path("at").asText())
                            .append('\n'));
            text.append("  ")
                    .append(flaw.number() - 1)
                    .append(" receipts before it are as they were written; nothing after it can be relied on.\n");
        });
        if (proof.flaw().isEmpty()) {
            text.append("All ").append(proof.receipts()).append(" receipts are as they were written, none is missing");
            text.append(proof.signed() == 0 ? "" : "; " + proof.signed() + " are signed");
            text.append(proof.anchored() == 0 ? "" : "; kept elsewhere up to receipt " + proof.anchored());
            text.append(".\n");
        }
        if (!trust.keys().isEmpty()) {
            text.append("  by the key ")
                    .append(trust.keys().stream().map(VerifyingKey::fingerprint).collect(Collectors.joining(", ")))
                    .append('\n');
        }
        proof.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
        return text.toString();
    }

    /** A line for every place elsewhere, the service's own word. */
    static String told(JsonNode elsewhere) {
        StringBuilder text = new StringBuilder();
        elsewhere.forEach(place -> {
            String trouble = place.path("trouble").asText();
            boolean another = place.path("state").asText().equals("another-chain");
            text.append(another ? "NOT AS KEPT ELSEWHERE: " : "  ")
                    .append(place.path("place").asText());
            text.append(
                    another
                            ? ""
                            : " keeps the head of receipt "
                                    + place.path("newest").asLong());
            text.append(trouble.isEmpty() ? "" : ": " + trouble).append('\n');
        });
        return text.toString();
    }

    private static ObjectNode view(Proof proof, Trust trust, JsonNode elsewhere) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("receipts", proof.receipts())
                .put("signed", proof.signed())
                .put("anchored", proof.anchored());
        view.set("kept-elsewhere", elsewhere);
        proof.flaw()
                .ifPresent(flaw ->
                        view.putObject("flaw").put("receipt", flaw.number()).put("what", flaw.what()));
        ArrayNode by = view.putArray("keys");
        trust.keys().forEach(key -> by.add(key.fingerprint()));
        ArrayNode notes = view.putArray("notes");
        proof.notes().forEach(notes::add);
        return view;
    }
}
