package io.ridethrough.receipt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Receipts in a file that needs no service: one line that says how many, then each as canonical JSON on a line. */
public final class ReceiptFile {
    private static final String FORMAT = "ridethrough-receipts-1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReceiptFile() {}

    /**
     * What was read.
     *
     * @param receipts up to what could not be read
     * @param flaw why the rest could not be; empty when all could
     */
    public record Content(List<JsonNode> receipts, Optional<ReceiptChain.Flaw> flaw) {
        public Content {
            receipts = List.copyOf(receipts);
        }
    }

    /** The whole text of such a file. */
    public static String write(List<? extends JsonNode> receipts) {
        StringBuilder text = new StringBuilder(first(receipts.size())).append('\n');
        receipts.forEach(receipt -> text.append(CanonicalJson.write(receipt)).append('\n'));
        return text.toString();
    }

    private static String first(long count) {
        return CanonicalJson.write(
                JsonNodeFactory.instance.objectNode().put("format", FORMAT).put("count", count));
    }

    /** Reads such a file; every byte that is not as {@link #write} puts it is a flaw. Never throws for what it holds. */
    public static Content read(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, StandardCharsets.UTF_8);
        }
        String[] lines = text.split("\n", -1);
        List<JsonNode> receipts = new ArrayList<>();
        for (int i = 1; i < lines.length - 1; i++) {
            Optional<JsonNode> receipt = receipt(lines[i]);
            if (receipt.isEmpty()) {
                return new Content(
                        receipts, flaw(i, "receipt " + i + " was altered: its line is not as receipts are written"));
            }
            receipts.add(receipt.get());
        }
        return new Content(receipts, frame(lines, receipts.size()));
    }

    /** What is wrong around the receipts. */
    private static Optional<ReceiptChain.Flaw> frame(String[] lines, int count) {
        if (lines[0].equals(first(count)) && lines.length > 1 && lines[lines.length - 1].isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonNode> said =
                receipt(lines[0]).filter(line -> line.path("format").asText().equals(FORMAT));
        if (said.isEmpty()) {
            return flaw(1, "the file does not begin as an export of receipts does");
        }
        return flaw(
                count + 1L,
                "the file says that it holds " + said.get().path("count").asText() + " receipts, and holds " + count
                        + (lines[lines.length - 1].isEmpty() ? "" : " and a part of one") + ": its end was cut off");
    }

    private static Optional<JsonNode> receipt(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return json != null && json.isObject() && CanonicalJson.write(json).equals(line)
                    ? Optional.of(json)
                    : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<ReceiptChain.Flaw> flaw(long number, String what) {
        return Optional.of(new ReceiptChain.Flaw(number, what));
    }
}
