package io.ridethrough.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Damaged journals, kept beside the one in use and never deleted. Each is named by one record of the journal in use,
 * with what could be read of it: a process that dies in between finds the file unnamed and does the rest.
 */
final class SetAside {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final List<String> PARTS = List.of("", "-wal", "-shm");

    private final Path file;
    private final String prefix;

    /** @param file the journal in use */
    SetAside(Path file) {
        this.file = file;
        this.prefix = file.getFileName() + ".damaged-";
    }

    /** Moves the journal away with all that belongs to it. */
    void move(Instant now) throws IOException {
        Path to = named(prefix + STAMP.format(now));
        for (int again = 2; Files.exists(to); again++) {
            to = named(prefix + STAMP.format(now) + "-" + again);
        }
        moveParts(to);
    }

    /** Does the rest of a move that a process did not live to finish: no log may meet a journal that it is not of. */
    void finishMove() throws IOException {
        List<Path> all = all();
        if (!Files.exists(file) && !all.isEmpty()) {
            moveParts(all.get(all.size() - 1));
        }
    }

    private void moveParts(Path to) throws IOException {
        for (String part : PARTS) {
            Path from = named(file.getFileName() + part);
            if (Files.exists(from)) {
                Files.move(from, named(to.getFileName() + part));
            }
        }
    }

    private Path named(String name) {
        return file.resolveSibling(name);
    }

    /** Oldest first. */
    private List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
            return files.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .filter(path -> PARTS.stream()
                            .noneMatch(
                                    part -> !part.isEmpty() && path.toString().endsWith(part)))
                    .sorted()
                    .toList();
        }
    }

    /** Those that no record names yet. */
    List<Path> unnamed(List<Entry> records) throws IOException {
        List<String> known = records.stream()
                .map(entry -> entry.body().path("file").asText())
                .toList();
        return all().stream()
                .filter(path -> !known.contains(path.getFileName().toString()))
                .toList();
    }

    /** The record that names a damaged journal: why it is one, and what counts of it. Changes nothing in it. */
    static ObjectNode record(Path damaged, Salvage salvage) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("file", damaged.getFileName().toString()).put("reason", reason(damaged));
        ArrayNode kept = body.putArray("salvaged");
        try (Connection db = Database.toRead(damaged);
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + Rows.ENTRY + " FROM entry ORDER BY seq")) {
            while (rows.next()) {
                keep(rows, salvage, kept);
            }
        } catch (SQLException end) {
            body.put("unreadable", "after " + kept.size() + " records that count: " + end.getMessage());
        }
        return body;
    }

    private static void keep(ResultSet rows, Salvage salvage, ArrayNode kept) throws SQLException {
        try {
            Entry entry = Rows.entry(rows);
            if (salvage.keeps(entry)) {
                kept.addObject()
                        .put("kind", entry.kind())
                        .put("at", entry.at().toString())
                        .set("body", entry.body());
            }
        } catch (RuntimeException unreadable) {
            kept.addObject().put("kind", "unreadable").put("at", rows.getString("at"));
        }
    }

    private static String reason(Path damaged) {
        try (Connection db = Database.toRead(damaged)) {
            Integrity.check(db);
            return "it was set aside";
        } catch (SQLException e) {
            return said(Database.failure("the journal", e));
        } catch (JournalException e) {
            return said(e);
        }
    }

    private static String said(JournalException trouble) {
        return Objects.requireNonNullElse(trouble.getMessage(), trouble.toString());
    }
}
