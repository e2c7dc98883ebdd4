package io.ridethrough.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.SiteId;
import io.ridethrough.receipt.CanonicalJson;
import io.ridethrough.receipt.ReceiptChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The records of all drills of an installation: a file each, canonical JSON, chained by hash in the order in which they
 * were written. A record is never changed or removed here. Several processes may write.
 *
 * @param folder made with the first record
 */
public record DrillBook(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A book that was tampered with, or cannot be read; the message names the file and what to do. */
    public static final class UnreadableBook extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnreadableBook(String what) {
            super(what);
        }
    }

    /**
     * Writes the record of a drill, compared with the site's last one; it is on disk when this returns.
     *
     * @return the record as it was written
     * @throws UnreadableBook when a record before it was altered or is missing
     */
    public ObjectNode write(Drill drill) {
        try {
            Files.createDirectories(folder);
            while (true) {
                List<JsonNode> before = all();
                ObjectNode record = ReceiptChain.link(
                        before.isEmpty() ? Optional.empty() : Optional.of(before.get(before.size() - 1)),
                        drill.json(last(before, drill.site())));
                if (written(record)) {
                    return record;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean written(ObjectNode record) throws IOException {
        String name = String.format(
                Locale.ROOT,
                "%04d-%s.json",
                record.path("number").asLong(),
                record.path("site").asText());
        Path whole = Files.createTempFile(folder, ".new-", "");
        try {
            try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(CanonicalJson.write(record) + "\n"));
                channel.force(true);
            }
            if (numbered(record.path("number").asLong()).isPresent()) {
                return false;
            }
            Files.createLink(folder.resolve(name), whole);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private Optional<Path> numbered(long number) throws IOException {
        return files().stream()
                .filter(file -> file.getFileName().toString().startsWith(String.format(Locale.ROOT, "%04d-", number)))
                .findFirst();
    }

    /**
     * All records, oldest first.
     *
     * @throws UnreadableBook when one was altered or is missing
     */
    public List<JsonNode> all() {
        List<JsonNode> records = new ArrayList<>();
        try {
            for (Path file : files()) {
                records.add(JSON.readTree(file.toFile()));
            }
        } catch (IOException e) {
            throw flawed(e.getMessage());
        }
        ReceiptChain.verify(records).ifPresent(flaw -> {
            throw flawed(flaw.what().replace("receipt", "drill record"));
        });
        return records;
    }

    private UnreadableBook flawed(@org.jspecify.annotations.Nullable String what) {
        return new UnreadableBook(folder + ": error: " + what
                + ". No drill in it counts. Put it right from a copy, or move the folder away and rehearse again.");
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]{4,}-.+\\.json"))
                    .sorted((a, b) -> Long.compare(number(a), number(b)))
                    .toList();
        }
    }

    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().split("-", 2)[0]);
    }

    /** The record of a site's last drill. */
    public Optional<JsonNode> last(SiteId site) {
        return last(all(), site);
    }

    /** The record of a site's last drill before that one. */
    private static Optional<JsonNode> last(List<JsonNode> records, SiteId site) {
        return records.stream()
                .filter(one -> one.path("site").asText().equals(site.value()))
                .reduce((first, second) -> second);
    }

    /** The last whole drill of a site with exactly these contracts. */
    Optional<JsonNode> whole(SiteId site, String contracts) {
        return all().stream()
                .filter(one -> one.path("site").asText().equals(site.value())
                        && one.path("contracts").asText().equals(contracts)
                        && one.path("whole").asBoolean())
                .reduce((first, second) -> second);
    }
}
