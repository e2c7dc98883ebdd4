package io.ridethrough.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens the SQLite file so that what it accepts survives a power cut, or refuses with the reason. */
final class Database {
    static final int BUSY_MILLIS = 5_000;

    /** What must read back; with {@code synchronous=NORMAL} a young database loses everything (reliability 2.1). */
    static final Map<String, String> PRAGMAS = new TreeMap<>(Map.of(
            "journal_mode", "wal",
            "synchronous", "2",
            "foreign_keys", "1",
            "busy_timeout", Integer.toString(BUSY_MILLIS)));

    /** WAL needs memory shared between processes of one machine, which these do not give. */
    private static final Set<String> OVER_THE_NETWORK = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "fuse.sshfs",
            "fuse.glusterfs",
            "ceph",
            "lustre",
            "afs");

    private Database() {}

    /** Creates the file, readable by its owner only, and makes its folder remember it. */
    static void create(Path file) throws IOException {
        if (Files.exists(file)) {
            ProcessLock.OwnerOnly.tighten(file);
            return;
        }
        ProcessLock.OwnerOnly.create(file);
        try (FileChannel folder =
                FileChannel.open(file.toAbsolutePath().normalize().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Why a file system of this type cannot carry a journal, if so. */
    static Optional<String> refusalOf(String fileSystemType) {
        String type = fileSystemType.toLowerCase(Locale.ROOT);
        return OVER_THE_NETWORK.contains(type)
                ? Optional.of("lies on a network file system (" + type + "), which cannot keep it safe: "
                        + "set ridethrough.home to a local disk")
                : Optional.empty();
    }

    /** SQLite is native: where its library cannot be loaded, the first attempt fails as SQL, every other one as linking. */
    private static Connection connection(SQLiteConfig config, Path file) throws SQLException {
        try {
            return config.createConnection("jdbc:sqlite:" + file);
        } catch (SQLException e) {
            throw e.getCause() instanceof NativeLibraryNotFoundException ? notLoaded(e) : e;
        } catch (LinkageError e) {
            throw notLoaded(e);
        }
    }

    private static SQLException notLoaded(Throwable why) {
        return new SQLException(
                "SQLite's own library cannot be loaded from " + System.getProperty("java.io.tmpdir")
                        + ": let programs run from there, or set java.io.tmpdir to a folder where they may",
                why);
    }

    /** A connection that cannot change the file, not even by a checkpoint on close. */
    static Connection toRead(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return connection(config, file);
    }

    /**
     * Takes back a first opening that a power cut ended while the file was being turned to WAL, which a connection that
     * only reads cannot. Only then is there a rollback journal, and no record yet.
     */
    static void takeBackFirstOpening(Path file) throws SQLException {
        if (Files.notExists(file.resolveSibling(file.getFileName() + "-journal"))) {
            return;
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        try (Connection db = connection(config, file);
                Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA schema_version")) {
            row.next();
        }
    }

    /** The writing connection, its pragmas set and read back. */
    static Connection toWrite(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection db = connection(config, file);
        try {
            assertPragmas(db);
            return db;
        } catch (SQLException | JournalException e) {
            db.close();
            throw e;
        }
    }

    /** Refuses to go on when the engine did not take a setting. */
    static void assertPragmas(Connection db) throws SQLException {
        for (Map.Entry<String, String> wanted : PRAGMAS.entrySet()) {
            try (Statement statement = db.createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA " + wanted.getKey())) {
                String got = row.next() ? row.getString(1) : "nothing";
                if (!wanted.getValue().equalsIgnoreCase(got)) {
                    throw new JournalException("the journal would not be safe: PRAGMA " + wanted.getKey() + " is " + got
                            + ", not " + wanted.getValue() + ". Refusing to start.");
                }
            }
        }
    }

    /** Some statements that are stored together or not at all. */
    interface Work {
        void run() throws SQLException;
    }

    static void inTransaction(Connection db, Work work) throws SQLException {
        db.setAutoCommit(false);
        try {
            work.run();
            db.commit();
        } catch (SQLException | RuntimeException e) {
            takeBack(db, e);
            throw e;
        }
        db.setAutoCommit(true);
    }

    /** A full disk has ended the transaction already: what says so must not hide what happened. */
    private static void takeBack(Connection db, Exception why) {
        try {
            db.rollback();
        } catch (SQLException none) {
            why.addSuppressed(none);
        }
        try {
            db.setAutoCommit(true);
        } catch (SQLException none) {
            why.addSuppressed(none);
        }
    }

    /** What the engine's complaint means: a damaged file is told apart from a disk that is full or locked. */
    static JournalException failure(String what, SQLException e) {
        if (e instanceof SQLiteException sqlite
                && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT
                        || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB)) {
            return new JournalCorruptException(
                    what + ": the file is damaged (" + e.getMessage() + "). Nothing was changed.",
                    OptionalLong.empty(),
                    e);
        }
        return new JournalException(what + ": " + e.getMessage(), e);
    }
}
