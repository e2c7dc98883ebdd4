package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.receipt.ReceiptChain;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads the whole journal and refuses it when anything is not as it was written. Changes nothing. */
final class Integrity {
    private Integrity() {}

    /** @throws JournalCorruptException naming the first bad record */
    static void check(Connection db) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = row.next() ? row.getString(1) : "no answer";
            if (!"ok".equals(verdict)) {
                throw corrupt("the file is damaged: " + verdict, OptionalLong.empty());
            }
        }
        if (Migrations.versionOf(db) == 0) {
            return;
        }
        List<String> anchors = checkEntries(db);
        checkReceipts(db, anchors);
    }

    private static List<String> checkEntries(Connection db) throws SQLException {
        List<String> anchors = new ArrayList<>();
        String previous = ReceiptChain.START;
        long expected = 1;
        try (Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + Rows.ENTRY + " FROM entry ORDER BY seq")) {
            for (; rows.next(); expected++) {
                if (rows.getLong("seq") != expected) {
                    throw corrupt("record " + expected + " is missing", OptionalLong.of(expected));
                }
                Entry entry = readOrRefuse(rows, expected);
                if (!entry.previous().equals(previous) || !entry.hash().equals(Rows.hash(entry))) {
                    throw corrupt("record " + expected + " is not as it was written", OptionalLong.of(expected));
                }
                previous = entry.hash();
                if (entry.kind().equals(Rows.RECEIPT_STORED)) {
                    anchors.add(entry.body().path("hash").asText());
                }
            }
        }
        return anchors;
    }

    private static Entry readOrRefuse(ResultSet rows, long seq) throws SQLException {
        try {
            return Rows.entry(rows);
        } catch (RuntimeException unreadable) {
            throw new JournalCorruptException(
                    "the journal is corrupt: record " + seq + " cannot be read. Nothing was changed.",
                    OptionalLong.of(seq),
                    unreadable);
        }
    }

    private static void checkReceipts(Connection db, List<String> anchors) throws SQLException {
        List<JsonNode> receipts = new ArrayList<>();
        try (Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("SELECT body FROM receipt ORDER BY number")) {
            while (rows.next()) {
                receipts.add(Rows.json(rows.getString(1)));
            }
        } catch (JournalException unreadable) {
            throw new JournalCorruptException(
                    "the journal is corrupt: a receipt cannot be read. Nothing was changed.",
                    OptionalLong.empty(),
                    unreadable);
        }
        ReceiptChain.verify(receipts).ifPresent(flaw -> {
            throw corrupt(flaw.what(), OptionalLong.empty());
        });
        if (!anchors.equals(receipts.stream().map(r -> r.path("hash").asText()).toList())) {
            throw corrupt(
                    "the journal names " + anchors.size() + " receipts, " + receipts.size() + " are there",
                    OptionalLong.empty());
        }
    }

    private static JournalCorruptException corrupt(String what, OptionalLong firstBad) {
        return new JournalCorruptException("the journal is corrupt: " + what + ". Nothing was changed.", firstBad);
    }
}
