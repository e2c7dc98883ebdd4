package io.ridethrough.journal;

import io.ridethrough.receipt.ReceiptChain;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The records as stored, each chained to the one before, each only under the epoch that holds the lease (F2). */
final class EntryTable implements AutoCloseable {
    private static final String APPEND = "INSERT INTO entry (" + Rows.ENTRY + ", epoch) "
            + "SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM lease WHERE scope = 'journal' AND epoch = ?)";

    private final Connection db;
    private final long epoch;
    private final PreparedStatement append;
    private final PreparedStatement newest;
    private final PreparedStatement ofRun;

    EntryTable(Connection db, long epoch) throws SQLException {
        this.db = db;
        this.epoch = epoch;
        this.append = db.prepareStatement(APPEND);
        this.newest = db.prepareStatement("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1");
        this.ofRun = db.prepareStatement("SELECT " + Rows.ENTRY + " FROM entry WHERE run = ? ORDER BY seq");
    }

    Entry insert(PendingEntry pending) throws SQLException {
        long seq = 1;
        String previous = ReceiptChain.START;
        try (ResultSet row = newest.executeQuery()) {
            if (row.next()) {
                seq = row.getLong(1) + 1;
                previous = row.getString(2);
            }
        }
        Optional<String> run = pending.run();
        String kind = pending.kind();
        Entry bare = new Entry(seq, run, kind, pending.at(), Rows.json(pending.text()), previous, "");
        Entry entry = new Entry(seq, run, kind, bare.at(), bare.body(), previous, Rows.hash(bare));
        append.setLong(1, seq);
        append.setString(2, run.orElse(null));
        append.setString(3, kind);
        append.setString(4, entry.at().toString());
        append.setString(5, pending.text());
        append.setString(6, previous);
        append.setString(7, entry.hash());
        append.setLong(8, epoch);
        append.setLong(9, epoch);
        if (append.executeUpdate() == 0) {
            throw new StaleEpochException(
                    "epoch " + epoch + " was overtaken: another process acts now. Nothing was stored; stand down.");
        }
        return entry;
    }

    List<Entry> ofRun(String run) throws SQLException {
        ofRun.setString(1, run);
        return Rows.entries(ofRun);
    }

    List<Entry> ofKinds(String... kinds) throws SQLException {
        String marks = String.join(", ", Collections.nCopies(kinds.length, "?"));
        try (PreparedStatement select = db.prepareStatement(
                "SELECT " + Rows.ENTRY + " FROM entry WHERE kind IN (" + marks + ") ORDER BY seq")) {
            for (int i = 0; i < kinds.length; i++) {
                select.setString(i + 1, kinds[i]);
            }
            return Rows.entries(select);
        }
    }

    @Override
    public void close() throws SQLException {
        append.close();
        newest.close();
        ofRun.close();
    }
}
