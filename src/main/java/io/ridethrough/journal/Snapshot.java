package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** What a journal held at one moment, read where nothing can be written: the file is copied and the copy is read. */
public record Snapshot(List<Entry> entries, List<JsonNode> receipts) {
    public Snapshot {
        entries = List.copyOf(entries);
        receipts = List.copyOf(receipts);
    }

    /**
     * Reads the journal of a folder and checks it whole. Changes nothing there.
     *
     * @throws JournalException when there is none, or it is not as it was written, or it cannot be read
     */
    public static Snapshot of(Path folder) {
        try {
            Path copy = Files.createTempDirectory("ridethrough-journal");
            try {
                return read(copied(folder, copy));
            } finally {
                remove(copy);
            }
        } catch (SQLException e) {
            throw Database.failure("the journal in " + folder + " cannot be read", e);
        } catch (IOException e) {
            throw new JournalException("the journal in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path copied(Path folder, Path to) throws IOException {
        Path file = Files.copy(folder.resolve("journal.db"), to.resolve("journal.db"));
        Path log = folder.resolve("journal.db-wal");
        if (Files.exists(log)) {
            Files.copy(log, to.resolve("journal.db-wal"));
        }
        return file;
    }

    private static Snapshot read(Path file) throws SQLException {
        try (Connection db = Database.toRead(file)) {
            Integrity.check(db);
            try (PreparedStatement all = db.prepareStatement("SELECT " + Rows.ENTRY + " FROM entry ORDER BY seq")) {
                return new Snapshot(Rows.entries(all), new ReceiptTable(db).all());
            }
        }
    }

    private static void remove(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(copy);
    }
}
