package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.receipt.CanonicalJson;
import io.ridethrough.receipt.ReceiptChain;
import io.ridethrough.receipt.Signing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The journal in one SQLite file, {@code journal.db}, held by this process alone.
 *
 * <p>Guarantees: what {@code append} returned survives a power cut (WAL, {@code synchronous=FULL}, read back at open);
 * a second process is refused; a process whose epoch was overtaken cannot append (F2); what was altered on disk is
 * found at the next open.
 */
public final class SqliteJournal implements Journal {
    /** The kind of the record that names a damaged journal. */
    public static final String SET_ASIDE = "journal-set-aside";

    private final ProcessLock lock;
    private final Connection db;
    private final InstantSource clock;
    private final Signing signing;
    private final long epoch;
    private final EntryTable entries;
    private final ReceiptTable receipts;
    private final GroupCommit commits = new GroupCommit(this::store);
    private final Object taking = new Object();
    private volatile boolean closed;

    private SqliteJournal(ProcessLock lock, Connection db, InstantSource clock, Signing signing) throws SQLException {
        this.lock = lock;
        this.db = db;
        this.clock = clock;
        this.signing = signing;
        this.epoch = takeEpoch(db);
        this.entries = new EntryTable(db, epoch);
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
        return open(folder, (file, lock) -> openLocked(file, lock, clock, Signing.NONE));
    }

    /**
     * The same, but a damaged journal is moved aside, never deleted, and a fresh one takes its place. Its first record, of
     * kind {@link #SET_ASIDE}, names the damaged file, tells why, and holds what counts of it.
     */
    public static SqliteJournal openOrSetAside(Path folder, InstantSource clock, Salvage salvage) {
        return openOrSetAside(folder, clock, salvage, () -> Signing.NONE);
    }

    /** The same; new receipts are signed so, which is asked once the folder is held. */
    public static SqliteJournal openOrSetAside(
            Path folder, InstantSource clock, Salvage salvage, Supplier<Signing> signer) {
        return open(folder, (file, lock) -> {
            Signing signing = signer.get();
            SetAside damaged = new SetAside(file);
            damaged.finishMove();
            SqliteJournal journal = openOrMove(file, lock, clock, damaged, signing);
            try {
                for (Path unnamed : damaged.unnamed(journal.ofKinds(SET_ASIDE))) {
                    journal.append(Optional.empty(), SET_ASIDE, SetAside.record(unnamed, salvage));
                }
                return journal;
            } catch (IOException | RuntimeException e) {
                journal.close();
                throw e;
            }
        });
    }

    private static SqliteJournal openOrMove(
            Path file, ProcessLock lock, InstantSource clock, SetAside damaged, Signing signing)
            throws SQLException, IOException {
        try {
            return openLocked(file, lock, clock, signing);
        } catch (SQLException e) {
            JournalException known = Database.failure("the journal", e);
            if (!(known instanceof JournalCorruptException)) {
                throw e;
            }
        } catch (JournalCorruptException e) {
            // what is wrong with it is told by the record that will name it
        }
        damaged.move(clock.instant());
        return openLocked(file, lock, clock, signing);
    }

    /** How a journal is opened whose lock is taken. */
    private interface Opening {
        SqliteJournal open(Path file, ProcessLock lock) throws SQLException, IOException;
    }

    private static SqliteJournal open(Path folder, Opening how) {
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
                return how.open(home.resolve("journal.db"), lock);
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

    private static SqliteJournal openLocked(Path file, ProcessLock lock, InstantSource clock, Signing signing)
            throws SQLException, IOException {
        Migrations migrations = Migrations.shipped();
        Database.create(file);
        Database.takeBackFirstOpening(file);
        try (Connection reading = Database.toRead(file)) {
            migrations.refuseNewer(reading);
            Integrity.check(reading);
        }
        Connection db = Database.toWrite(file);
        try {
            migrations.apply(db);
            return new SqliteJournal(lock, db, clock, signing);
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
    public Entry append(Optional<String> run, String kind, JsonNode body) {
        CompletableFuture<Entry> written = take(run, kind, body);
        commits.flush();
        try {
            return written.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof JournalException known ? known : e;
        }
    }

    @Override
    public CompletionStage<Entry> appendAsync(Optional<String> run, String kind, JsonNode body) {
        CompletableFuture<Entry> written = take(run, kind, body);
        commits.flushNow();
        return written;
    }

    @Override
    public CompletionStage<Entry> appendSoon(Optional<String> run, String kind, JsonNode body) {
        CompletableFuture<Entry> written = take(run, kind, body);
        commits.flushSoon();
        return written;
    }

    private CompletableFuture<Entry> take(Optional<String> run, String kind, JsonNode body) {
        String text = CanonicalJson.write(body);
        synchronized (taking) {
            refuseIfClosed();
            return commits.take(new PendingEntry(run, kind, text, clock.instant()));
        }
    }

    private synchronized List<Entry> store(List<PendingEntry> batch) {
        List<Entry> stored = new ArrayList<>();
        try {
            Database.inTransaction(db, () -> {
                for (PendingEntry taken : batch) {
                    stored.add(entries.insert(taken));
                }
            });
            return stored;
        } catch (SQLException e) {
            String kinds = batch.stream().map(PendingEntry::kind).distinct().collect(Collectors.joining(", "));
            throw Database.failure("a record of kind " + kinds + " could not be stored", e);
        }
    }

    @Override
    public List<Entry> ofRun(String run) {
        return read("the records of run " + run, () -> entries.ofRun(run));
    }

    @Override
    public List<Entry> ofKinds(String... kinds) {
        return read("records", () -> entries.ofKinds(kinds));
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    /** Reads what is stored, with all that was taken before. */
    private <T> T read(String what, Reading<T> reading) {
        commits.flush();
        synchronized (this) {
            refuseIfClosed();
            try {
                return reading.read();
            } catch (SQLException e) {
                throw Database.failure(what + " could not be read", e);
            }
        }
    }

    /**
     * {@inheritDoc} A record of kind {@code receipt-stored} with its hash is appended in the same transaction.
     *
     * @throws JournalException when the run has a receipt already
     */
    @Override
    public JsonNode appendReceipt(String run, JsonNode receipt) {
        commits.flush();
        return storeReceipt(run, receipt);
    }

    private synchronized JsonNode storeReceipt(String run, JsonNode receipt) {
        refuseIfClosed();
        try {
            if (receipts.of(run).isPresent()) {
                throw new JournalException("run " + run + " has its receipt already; receipts never change");
            }
            ObjectNode linked = ReceiptChain.link(receipts.newest(), receipt, signing);
            ObjectNode anchor = JsonNodeFactory.instance.objectNode();
            anchor.set("number", linked.path("number"));
            anchor.set("hash", linked.path("hash"));
            String text = CanonicalJson.write(anchor);
            Database.inTransaction(db, () -> {
                entries.insert(new PendingEntry(Optional.of(run), Rows.RECEIPT_STORED, text, clock.instant()));
                receipts.insert(run, linked);
            });
            return receipts.of(run).orElse(linked);
        } catch (SQLException e) {
            throw Database.failure("the receipt of run " + run + " could not be stored", e);
        }
    }

    @Override
    public Optional<JsonNode> receipt(String run) {
        return read("the receipt of run " + run, () -> receipts.of(run));
    }

    @Override
    public List<JsonNode> receipts() {
        return read("receipts", receipts::all);
    }

    @Override
    public List<JsonNode> receiptsAfter(long number, int most) {
        return read("receipts", () -> receipts.after(number, most));
    }

    /** Stores what was taken, closes the file and lets another process have it. Closing twice is harmless. */
    @Override
    public void close() {
        synchronized (taking) {
            if (closed) {
                return;
            }
            closed = true;
        }
        commits.close();
        synchronized (this) {
            try (lock;
                    db) {
                entries.close();
            } catch (SQLException | IOException e) {
                throw new JournalException("the journal did not close cleanly; what was stored is safe", e);
            }
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new JournalException("the journal is closed");
        }
    }
}
