package io.ridethrough.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalKillTest {
    private static final int ROUNDS = 10;

    private final Path home;

    SqliteJournalKillTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    @Timeout(120)
    void losesNothingAcknowledgedWhenKilledWhileAppending() throws Exception {
        long acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged = killAfter(acknowledged + 20 + 7L * round);

            try (Journal journal = SqliteJournal.open(home, InstantSource.system())) {
                List<Entry> found = journal.ofRun("r");
                assertThat(found).hasSizeGreaterThanOrEqualTo((int) acknowledged);
                assertThat(found.get(found.size() - 1).seq()).isEqualTo(found.size());
                acknowledged = found.size();
            }
        }
    }

    /** Runs the child until it acknowledged the record {@code upTo}, kills it, and tells its last word. */
    private long killAfter(long upTo) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader said = child.inputReader()) {
            while (last < upTo) {
                last = Long.parseLong(wordOf(said.readLine()));
            }
            assertThatThrownBy(() -> SqliteJournal.open(home, InstantSource.system()))
                    .hasMessageContaining("held by process " + child.pid());
            assertThat(child.toHandle().destroyForcibly()).isTrue();
            for (@Nullable String line = said.readLine(); line != null; line = said.readLine()) {
                last = Math.max(last, line.isEmpty() ? 0 : Long.parseLong(line));
            }
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        return last;
    }

    private static String wordOf(@Nullable String line) {
        assertThat(line).as("the child went on appending").isNotNull();
        return line == null ? "" : line;
    }
}
