package io.ridethrough.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.receipt.ReceiptChain;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {
    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00.123456Z");

    private final Path home;

    SqliteJournalTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void keepsWhatWasAppendedAcrossReopening() {
        Entry first;
        try (Journal journal = open()) {
            first = journal.append(Optional.of("r1"), "intention", body("step", "stop é \u0001"));
            journal.append(Optional.empty(), "armed", body("site", "s"));
            journal.append(Optional.of("r1"), "outcome", body("step", "stop"));
        }

        try (Journal journal = open()) {
            assertThat(journal.ofRun("r1")).extracting(Entry::seq).containsExactly(1L, 3L);
            assertThat(journal.ofRun("r1").get(0)).isEqualTo(first);
            assertThat(journal.ofKinds("armed", "outcome"))
                    .extracting(Entry::seq)
                    .containsExactly(2L, 3L);
            assertThat(journal.ofKinds()).isEmpty();
            Entry next = journal.append(Optional.empty(), "note", body("a", "b"));
            assertThat(next.seq()).isEqualTo(4);
            assertThat(next.at()).isEqualTo(NOON);
            assertThat(next.previous())
                    .isEqualTo(journal.ofKinds("outcome").get(0).hash());
        }
    }

    @Test
    void keepsTheOrderOfTakingWhenRecordsShareAFlush() {
        try (Journal journal = open()) {
            List<CompletionStage<Entry>> soon = IntStream.range(0, 50)
                    .mapToObj(i -> journal.appendAsync(Optional.of("r"), "note", body("n", Integer.toString(i))))
                    .toList();
            Entry last = journal.append(Optional.of("r"), "intention", body("n", "50"));

            assertThat(last.seq()).isEqualTo(51);
            assertThat(CompletableFuture.allOf(soon.stream()
                            .map(CompletionStage::toCompletableFuture)
                            .toArray(CompletableFuture[]::new)))
                    .succeedsWithin(Duration.ofSeconds(5));
            assertThat(journal.ofRun("r"))
                    .extracting(entry -> entry.body().path("n").asText())
                    .containsExactlyElementsOf(IntStream.rangeClosed(0, 50)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void storesWhatWasTakenBeforeItIsReadOrClosed() {
        try (Journal journal = open()) {
            CompletionStage<Entry> unused = journal.appendSoon(Optional.of("r"), "note", body("n", "1"));
            assertThat(journal.ofKinds("note")).hasSize(1);
            unused = journal.appendSoon(Optional.of("r"), "note", body("n", "2"));
            assertThat(unused).isNotNull();
        }
        try (Journal journal = open()) {
            assertThat(journal.ofRun("r")).hasSize(2);
        }
    }

    @Test
    void tellsWhenARecordTakenCouldNotBeStored() throws Exception {
        try (Journal journal = open()) {
            sql("UPDATE lease SET epoch = epoch + 1");
            assertThat(journal.appendAsync(Optional.empty(), "note", body("a", "b")))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(StaleEpochException.class);
        }
    }

    @Test
    void readsItsSafetySettingsBack() throws Exception {
        open().close();
        try (Connection db = Database.toWrite(home.resolve("journal.db"))) {
            Database.assertPragmas(db);
            try (Statement statement = db.createStatement()) {
                statement.execute("PRAGMA synchronous = NORMAL");
            }
            assertThatThrownBy(() -> Database.assertPragmas(db))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("PRAGMA synchronous is 1, not 2")
                    .hasMessageContaining("Refusing to start");
        }
    }

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        Path fresh = home.resolve("state");
        try (Journal journal = SqliteJournal.open(fresh, () -> NOON)) {
            journal.append(Optional.empty(), "note", body("a", "b"));
            for (String file : List.of("journal.db", "journal.db-wal", "journal.lock")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.resolve(file))))
                        .as(file)
                        .isEqualTo("rw-------");
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesASecondOpenerAndNamesTheHolder() {
        try (Journal journal = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(
                            "held by process " + ProcessHandle.current().pid());
            journal.append(Optional.empty(), "note", body("still", "mine"));
        }
        open().close();
    }

    @Test
    void refusesToAppendOnceItsEpochWasOvertaken() throws Exception {
        try (SqliteJournal journal = open()) {
            assertThat(journal.epoch()).isEqualTo(1);
            journal.append(Optional.empty(), "note", body("a", "b"));
            sql("UPDATE lease SET epoch = epoch + 1");

            assertThatThrownBy(() -> journal.append(Optional.empty(), "intention", body("a", "b")))
                    .isInstanceOf(StaleEpochException.class)
                    .hasMessageContaining("stand down");
            assertThatThrownBy(() -> journal.appendReceipt("r1", body("a", "b")))
                    .isInstanceOf(StaleEpochException.class);
            assertThat(journal.ofKinds("intention")).isEmpty();
            assertThat(journal.receipts()).isEmpty();
        }
        try (SqliteJournal journal = open()) {
            assertThat(journal.epoch()).isEqualTo(3);
        }
    }

    @Test
    void findsAChangedByteNamesTheRecordAndChangesNothing() throws Exception {
        try (Journal journal = open()) {
            for (int i = 1; i <= 5; i++) {
                journal.append(Optional.empty(), "note", body("text", "marker" + i));
            }
        }
        Path file = home.resolve("journal.db");
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("marker3");
        bytes[at] = 'M';
        Files.write(file, bytes);

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(JournalCorruptException.class, e -> assertThat(e.firstBad())
                        .hasValue(3))
                .hasMessageContaining("record 3");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void findsADamagedFile() throws Exception {
        open().close();
        Path file = home.resolve("journal.db");
        byte[] bytes = Files.readAllBytes(file);
        bytes[3] = 'x';
        Files.write(file, bytes);

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageContaining("damaged");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void findsAMissingRecord() throws Exception {
        try (Journal journal = open()) {
            for (int i = 1; i <= 4; i++) {
                journal.append(Optional.empty(), "note", body("text", "t" + i));
            }
        }
        sql("DELETE FROM entry WHERE seq = 2");

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(JournalCorruptException.class, e -> assertThat(e.firstBad())
                        .hasValue(2));
    }

    @Test
    void chainsReceipts() {
        try (Journal journal = open()) {
            JsonNode first = journal.appendReceipt("r1", body("result", "done"));
            JsonNode second = journal.appendReceipt("r2", body("result", "done"));

            assertThat(second.path("previous")).isEqualTo(first.path("hash"));
            assertThat(journal.receipt("r1")).contains(first);
            assertThat(journal.receipt("r9")).isEmpty();
            assertThat(journal.receipts()).containsExactly(first, second);
            assertThat(ReceiptChain.verify(journal.receipts())).isEmpty();
            assertThatThrownBy(() -> journal.appendReceipt("r1", body("result", "other")))
                    .hasMessageContaining("has its receipt already");
        }
        open().close();
    }

    @Test
    void findsANewestReceiptThatWasCutOff() throws Exception {
        try (Journal journal = open()) {
            journal.appendReceipt("r1", body("result", "done"));
            journal.appendReceipt("r2", body("result", "failed"));
        }
        sql("DELETE FROM receipt WHERE run = 'r2'");

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageContaining("names 2 receipts, 1 are there");
    }

    @Test
    void refusesAFileOfANewerRelease() throws Exception {
        open().close();
        sql("PRAGMA user_version = 99");

        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining("schema version 99");
    }

    @Test
    void migratesStepByStepFromVersionZero() throws Exception {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("other.db"))) {
            Migrations one = new Migrations(List.of("CREATE TABLE a (x INT);\n\nINSERT INTO a VALUES (1);\n"));
            one.apply(db);
            one.apply(db);
            assertThat(Migrations.versionOf(db)).isEqualTo(1);

            Migrations two = new Migrations(List.of(one.steps().get(0), "CREATE TABLE b (x INT);\n\nNONSENSE;\n"));
            assertThatThrownBy(() -> two.apply(db)).isInstanceOf(SQLException.class);
            assertThat(Migrations.versionOf(db)).isEqualTo(1);

            new Migrations(List.of(one.steps().get(0), "CREATE TABLE b (x INT);")).apply(db);
            assertThat(Migrations.versionOf(db)).isEqualTo(2);
        }
    }

    @Test
    void refusesNetworkFileSystems() {
        assertThat(Database.refusalOf("nfs4"))
                .hasValueSatisfying(why -> assertThat(why).contains("nfs4").contains("local disk"));
        assertThat(Database.refusalOf("CIFS")).isPresent();
        assertThat(Database.refusalOf("ext4")).isEmpty();
    }

    @Test
    void saysSoWhenUsedAfterClosing() {
        Journal journal = open();
        journal.close();
        journal.close();

        assertThatThrownBy(() -> journal.append(Optional.empty(), "note", body("a", "b")))
                .hasMessageContaining("closed");
    }

    private SqliteJournal open() {
        return SqliteJournal.open(home, () -> NOON);
    }

    private void sql(String statement) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("journal.db"));
                Statement s = db.createStatement()) {
            s.executeUpdate(statement);
        }
    }

    private static ObjectNode body(String key, String value) {
        return JsonNodeFactory.instance.objectNode().put(key, value);
    }
}
