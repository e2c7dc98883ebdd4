package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.receipt.CanonicalJson;
import io.ridethrough.receipt.ReceiptChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The journal in one SQLite file, {@code journal.db}, held by this process alone.
 *
 * <p>Guarantees: what {@code append} returned survives a power cut (WAL, {@code synchronous=FULL}, read back at open);
 * a second process is refused; a process whose epoch was overtaken cannot append (F2); what was altered on disk is
 * found at the next open.
 */
public final class SqliteJournal implements Journal {
    private static final String APPEND = "INSERT INTO entry (" + Rows.ENTRY + ", epoch) "
            + "SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM lease WHERE scope = 'journal' AND epoch = ?)";

    private final ProcessLock lock;
    private final Connection db;
    private final InstantSource clock;
    private final long epoch;
    private final PreparedStatement append;
    private final PreparedStatement newest;
    private final PreparedStatement ofRun;
    private final ReceiptTable receipts;
    private boolean closed;

    private SqliteJournal(ProcessLock lock, Connection db, InstantSource clock) throws SQLException {
        this.lock = lock;
        this.db = db;
        this.clock = clock;
        this.epoch = takeEpoch(db);
        this.append = db.prepareStatement(APPEND);
        this.newest = db.prepareStatement("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1");
        this.ofRun = db.prepareStatement("SELECT " + Rows.ENTRY + " FROM entry WHERE run = ? ORDER BY seq");
        this.receipts = new ReceiptTable(db);
    }

    /**
     * Opens the journal of a folder and makes it where there is none; takes the next epoch.
     *
     * @param clock wall time for the records
     * @throws JournalCorruptException when what is stored is not what was written; nothing was changed
     * @throws JournalException when another process holds it, or when it could not be kept safe here
     */
    public static SqliteJournal open(Path folder, InstantSource clock) {
        Path home = folder.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(home)) {
                ProcessLock.OwnerOnly.createFolder(home);
            }
            Database.refusalOf(Files.getFileStore(home).type()).ifPresent(why -> {
                throw new JournalException("the journal in " + home + " " + why + ". Nothing was changed.");
            });
            ProcessLock lock = ProcessLock.take(home.resolve("journal.lock"));
            try {
                return openLocked(home.resolve("journal.db"), lock, clock);
            } catch (SQLException | IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Database.failure("the journal in " + home + " cannot be opened", e);
        } catch (IOException | UnsupportedOperationException e) {
            throw new JournalException("the journal in " + home + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static SqliteJournal openLocked(Path file, ProcessLock lock, InstantSource clock)
            throws SQLException, IOException {
        Migrations migrations = Migrations.shipped();
        Database.create(file);
        try (Connection reading = Database.toRead(file)) {
            migrations.refuseNewer(reading);
            Integrity.check(reading);
        }
        Connection db = Database.toWrite(file);
        try {
            migrations.apply(db);
            return new SqliteJournal(lock, db, clock);
        } catch (SQLException | RuntimeException e) {
            db.close();
            throw e;
        }
    }

    private static long takeEpoch(Connection db) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("UPDATE lease SET epoch = epoch + 1, holder = '"
                        + ProcessHandle.current().pid() + "' WHERE scope = 'journal' RETURNING epoch")) {
            return row.getLong(1);
        }
    }

    /** The fencing token of this opening: larger than that of every opening before. */
    public long epoch() {
        return epoch;
    }

    @Override
    public synchronized Entry append(Optional<String> run, String kind, JsonNode body) {
        try {
            return insert(run, kind, body);
        } catch (SQLException e) {
            throw Database.failure("a record of kind " + kind + " could not be stored", e);
        }
    }

    private Entry insert(Optional<String> run, String kind, JsonNode body) throws SQLException {
        refuseIfClosed();
        long seq = 1;
        String previous = ReceiptChain.START;
        try (ResultSet row = newest.executeQuery()) {
            if (row.next()) {
                seq = row.getLong(1) + 1;
                previous = row.getString(2);
            }
        }
        String text = CanonicalJson.write(body);
        Entry bare = new Entry(seq, run, kind, clock.instant(), Rows.json(text), previous, "");
        Entry entry = new Entry(seq, run, kind, bare.at(), bare.body(), previous, Rows.hash(bare));
        append.setLong(1, seq);
        append.setString(2, run.orElse(null));
        append.setString(3, kind);
        append.setString(4, entry.at().toString());
        append.setString(5, text);
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

    @Override
    public synchronized List<Entry> ofRun(String run) {
        try {
            refuseIfClosed();
            ofRun.setString(1, run);
            return Rows.entries(ofRun);
        } catch (SQLException e) {
            throw Database.failure("the records of run " + run + " could not be read", e);
        }
    }

    @Override
    public synchronized List<Entry> ofKinds(String... kinds) {
        refuseIfClosed();
        String marks = String.join(", ", Collections.nCopies(kinds.length, "?"));
        try (PreparedStatement select = db.prepareStatement(
                "SELECT " + Rows.ENTRY + " FROM entry WHERE kind IN (" + marks + ") ORDER BY seq")) {
            for (int i = 0; i < kinds.length; i++) {
                select.setString(i + 1, kinds[i]);
            }
            return Rows.entries(select);
        } catch (SQLException e) {
            throw Database.failure("records could not be read", e);
        }
    }

    /**
     * {@inheritDoc} A record of kind {@code receipt-stored} with its hash is appended in the same transaction.
     *
     * @throws JournalException when the run has a receipt already
     */
    @Override
    public synchronized JsonNode appendReceipt(String run, JsonNode receipt) {
        if (receipt(run).isPresent()) {
            throw new JournalException("run " + run + " has its receipt already; receipts never change");
        }
        try {
            ObjectNode linked = ReceiptChain.link(receipts.newest(), receipt);
            ObjectNode anchor = JsonNodeFactory.instance.objectNode();
            anchor.set("number", linked.path("number"));
            anchor.set("hash", linked.path("hash"));
            db.setAutoCommit(false);
            try {
                insert(Optional.of(run), Rows.RECEIPT_STORED, anchor);
                receipts.insert(run, linked);
                db.commit();
            } catch (SQLException | RuntimeException e) {
                db.rollback();
                throw e;
            } finally {
                db.setAutoCommit(true);
            }
            return receipt(run).orElse(linked);
        } catch (SQLException e) {
            throw Database.failure("the receipt of run " + run + " could not be stored", e);
        }
    }

    @Override
    public synchronized Optional<JsonNode> receipt(String run) {
        try {
            refuseIfClosed();
            return receipts.of(run);
        } catch (SQLException e) {
            throw Database.failure("the receipt of run " + run + " could not be read", e);
        }
    }

    @Override
    public synchronized List<JsonNode> receipts() {
        try {
            refuseIfClosed();
            return receipts.all();
        } catch (SQLException e) {
            throw Database.failure("receipts could not be read", e);
        }
    }

    /** Closes the file and lets another process have it. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock;
                db) {
            append.close();
            newest.close();
            ofRun.close();
        } catch (SQLException | IOException e) {
            throw new JournalException("the journal did not close cleanly; what was stored is safe", e);
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new JournalException("the journal is closed");
        }
    }
}
