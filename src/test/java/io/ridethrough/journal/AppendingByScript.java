package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes a journal in every way there is, with checkpoints of every kind in between, and says each record in a file as
 * soon as it was acknowledged; ends without closing, as a process that dies. Made to be traced.
 */
final class AppendingByScript {
    private static final List<String> CHECKPOINTS = List.of("PASSIVE", "FULL", "RESTART", "TRUNCATE");

    private final OutputStream said;
    private final Random random;

    private AppendingByScript(OutputStream said, long seed) {
        this.said = said;
        this.random = new Random(seed);
    }

    /**
     * Appends until it is killed.
     *
     * @param arguments the folder of the journal, the file to speak into, the number of turns, the seed, and the
     *     {@code synchronous} to write with: {@code FULL} as the product does, or what it must never do
     */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        int turns = Integer.parseInt(arguments[2]);
        try (OutputStream said =
                Files.newOutputStream(Path.of(arguments[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            AppendingByScript script = new AppendingByScript(said, Long.parseLong(arguments[3]));
            SqliteJournal journal = script.open(home, arguments[4]);
            for (int turn = 1; turn <= turns; turn++) {
                script.play(journal, turn);
                if (turn % 7 == 0) {
                    script.checkpoint(home);
                }
                if (turn % 20 == 0) {
                    journal.close();
                    journal = script.open(home, arguments[4]);
                }
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private SqliteJournal open(Path home, String synchronous) throws Exception {
        SqliteJournal journal = SqliteJournal.open(home, InstantSource.system());
        Field field = SqliteJournal.class.getDeclaredField("db");
        field.setAccessible(true);
        try (Statement pragma = ((Connection) field.get(journal)).createStatement()) {
            pragma.execute("PRAGMA synchronous=" + synchronous);
        }
        say("epoch " + journal.epoch());
        return journal;
    }

    private void play(SqliteJournal journal, int turn) {
        Optional<String> run = Optional.of("r" + turn % 3);
        if (turn % 9 == 0) {
            String closed = ProcessHandle.current().pid() + "-" + turn;
            JsonNode receipt = journal.appendReceipt(closed, body());
            say("receipt " + receipt.path("number").asText() + " "
                    + receipt.path("hash").asText());
        } else if (turn % 3 == 0) {
            List<CompletableFuture<Entry>> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                CompletionStage<Entry> stored =
                        i == 0 ? journal.appendSoon(run, "note", body()) : journal.appendAsync(run, "note", body());
                waiting.add(stored.whenComplete((entry, trouble) -> {
                            if (entry != null) {
                                say(entry);
                            }
                        })
                        .toCompletableFuture());
            }
            waiting.forEach(CompletableFuture::join);
        } else {
            say(journal.append(run, "note", body()));
        }
    }

    private JsonNode body() {
        return JsonNodeFactory.instance.objectNode().put("text", "x".repeat(random.nextInt(6_000)));
    }

    private void checkpoint(Path home) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("journal.db"));
                Statement pragma = other.createStatement()) {
            pragma.execute("PRAGMA wal_checkpoint(" + CHECKPOINTS.get(random.nextInt(CHECKPOINTS.size())) + ")");
        }
    }

    private void say(Entry entry) {
        say("record " + entry.seq() + " " + entry.hash());
    }

    private synchronized void say(String word) {
        try {
            said.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
