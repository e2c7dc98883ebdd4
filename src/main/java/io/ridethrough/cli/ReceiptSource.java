package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.receipt.AnchorFile;
import io.ridethrough.receipt.Head;
import io.ridethrough.receipt.KeyFile;
import io.ridethrough.receipt.ReceiptFile;
import io.ridethrough.receipt.Trust;
import io.ridethrough.receipt.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where receipts are read from: the running service, or an exported file that needs none. */
final class ReceiptSource {
    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--file", paramLabel = "FILE", description = "Read an exported file; no service is asked.")
    private @Nullable Path file;

    /** What there is, as far as it can be read. */
    ReceiptFile.Content content() {
        if (file == null) {
            return new ReceiptFile.Content(served(installation.client()), Optional.empty());
        }
        try {
            return ReceiptFile.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UserError(file + ": error: cannot be read: " + e.getMessage());
        }
    }

    /**
     * One, by its number or by what it is of.
     *
     * @throws UserError when there is none
     */
    JsonNode one(String which) {
        if (file == null) {
            return installation
                    .client()
                    .get("receipts/" + ServiceClient.segment(which))
                    .orRefusal();
        }
        return content().receipts().stream()
                .filter(one -> one.path("number").asText().equals(which)
                        || one.path("run").asText().equals(which)
                        || one.path("name").asText().equals(which))
                .findFirst()
                .orElseThrow(() -> new UserError("there is no receipt \"" + which + "\" in " + file));
    }

    /** Every receipt of a running service, oldest first. */
    static List<JsonNode> served(ServiceClient client) {
        List<JsonNode> all = new ArrayList<>();
        long last = 0;
        while (true) {
            JsonNode page = client.get("receipts/after/" + last).orRefusal().path("receipts");
            if (page.isEmpty()) {
                return all;
            }
            page.forEach(all::add);
            last = page.path(page.size() - 1).path("number").asLong();
        }
    }

    /** Where a running service keeps heads, as it says itself; empty of a file. */
    Optional<JsonNode> elsewhere() {
        return file == null
                ? Optional.of(installation.client().get("receipts").orRefusal().path("kept-elsewhere"))
                : Optional.empty();
    }

    /** The key of this installation, if it has one. */
    Optional<VerifyingKey> ownKey() {
        return keyFile().verifying();
    }

    KeyFile keyFile() {
        return new KeyFile(installation.settings().path("ridethrough.home"));
    }

    /** What was named, or else what this installation itself knows. */
    Trust trust(List<Path> keys, List<Path> anchors) {
        List<VerifyingKey> trusted = new ArrayList<>();
        keys.forEach(key -> trusted.add(key(key)));
        if (keys.isEmpty()) {
            ownKey().ifPresent(trusted::add);
        }
        List<Head> heads = new ArrayList<>();
        anchors.forEach(anchor -> heads.addAll(heads(anchor, true)));
        if (anchors.isEmpty()) {
            installation.settings().receiptsAnchor().ifPresent(own -> heads.addAll(heads(own, false)));
        }
        return new Trust(trusted, heads);
    }

    private static VerifyingKey key(Path file) {
        try {
            return VerifyingKey.read(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError(file + ": error: is no public key of receipts: " + e.getMessage());
        }
    }

    private static List<Head> heads(Path file, boolean named) {
        try {
            List<Head> heads = new AnchorFile(file).heads();
            if (named && heads.isEmpty()) {
                throw new UserError(file + ": error: holds no head of a chain of receipts");
            }
            return heads;
        } catch (IOException e) {
            throw new UserError(file + ": error: cannot be read: " + e.getMessage());
        }
    }
}
