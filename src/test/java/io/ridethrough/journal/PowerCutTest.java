package io.ridethrough.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power is cut at every sync and at every acknowledgement of what a real process wrote, traced by {@code strace}: the
 * journal opens, its chain holds, and everything acknowledged before is there (reliability 2.1).
 *
 * <p>Each cut leaves several images: only what was synced; everything; some of what was not synced; the last write torn
 * at a sector. Shared memory is gone. The whole of it, twenty traces:
 *
 * <pre>mvn -B test -Dtest=PowerCutTest -Dgroups=long -DexcludedGroups=</pre>
 */
final class PowerCutTest {
    private static final int SECTOR = 512;
    private static final int TURNS = 24;

    @TempDir
    Path folder;

    @Test
    void losesNothingAcknowledgedWhereverThePowerIsCut() throws Exception {
        Verdict verdict = cutEverywhere("FULL", Long.getLong("crash.seed", 1), 2);
        assertThat(verdict.bad()).isEmpty();
        assertThat(verdict.images()).isGreaterThan(350);
    }

    @Test
    @Tag("long")
    void losesNothingAcknowledgedWhereverThePowerIsCutInTwentyTraces() throws Exception {
        for (long seed = 1; seed <= Long.getLong("crash.traces", 20); seed++) {
            assertThat(cutEverywhere("FULL", seed, 4).bad()).as("seed %d", seed).isEmpty();
        }
    }

    /** The test of the test: what loses records on real machines loses them here. */
    @Test
    void findsTheLossOfAJournalThatSyncsAtCheckpointsOnly() throws Exception {
        assertThat(cutEverywhere("NORMAL", 1, 1).bad()).isNotEmpty().anyMatch(bad -> bad.contains("is gone"));
    }

    @Test
    void findsTheLossOfAJournalThatNeverSyncs() throws Exception {
        assertThat(cutEverywhere("OFF", 1, 1).bad()).isNotEmpty().anyMatch(bad -> bad.contains("is gone"));
    }

    private record Verdict(int images, List<String> bad) {}

    private Verdict cutEverywhere(String synchronous, long seed, int subsets) throws Exception {
        Path here = Files.createTempDirectory(folder, "trace").toRealPath();
        Cuts cuts = new Cuts(here, new Random(seed), subsets);
        cuts.replay(Trace.read(traced(here, synchronous, seed), here.resolve("home"), here.resolve("said")));
        System.out.println("power cuts, synchronous=" + synchronous + ", seed " + seed + ": " + cuts.moments
                + " moments, " + cuts.judged.size() + " images, " + cuts.bad.size() + " bad");
        return new Verdict(cuts.judged.size(), cuts.bad);
    }

    /** Two processes in the same folder, both ending without a word. */
    private static Path traced(Path here, String synchronous, long seed) throws Exception {
        Path trace = here.resolve("trace");
        Path log = here.resolve("log");
        for (int life = 0; life < 2; life++) {
            Process strace = new ProcessBuilder(
                            "strace",
                            "-f",
                            "--seccomp-bpf",
                            "-A",
                            "-o",
                            trace.toString(),
                            "-y",
                            "-xx",
                            "-s",
                            "1000000",
                            "-e",
                            "trace=" + Trace.CALLS,
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            AppendingByScript.class.getName(),
                            here.resolve("home").toString(),
                            here.resolve("said").toString(),
                            Integer.toString(TURNS),
                            Long.toString(seed + life),
                            synchronous)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            boolean ended = strace.waitFor(120, TimeUnit.SECONDS);
            strace.destroyForcibly();
            assertThat(ended && strace.exitValue() == 0)
                    .as("strace must be allowed to trace a process of its own here: %s", Files.readString(log))
                    .isTrue();
        }
        return trace;
    }

    /** Goes through a trace and judges what each cut leaves. */
    private static final class Cuts {
        private final Path folder;
        private final Random random;
        private final int subsets;
        private final Disk disk = new Disk();
        private final List<Disk.Given> unsafe = new ArrayList<>();
        private final Map<Integer, List<Disk.Given>> syncing = new HashMap<>();
        private final List<String> said = new ArrayList<>();
        final Set<String> judged = new HashSet<>();
        final List<String> bad = new ArrayList<>();
        int moments;

        Cuts(Path folder, Random random, int subsets) {
            this.folder = folder;
            this.random = random;
            this.subsets = subsets;
        }

        void replay(List<Trace.Event> events) throws IOException {
            for (Trace.Event event : events) {
                if (event instanceof Trace.Issued issued) {
                    unsafe.add(issued.what());
                } else if (event instanceof Trace.SyncBegun begun) {
                    syncing.put(
                            begun.thread(),
                            unsafe.stream()
                                    .filter(Disk.concerning(begun.file()))
                                    .toList());
                } else if (event instanceof Trace.SyncEnded ended) {
                    cut();
                    for (Disk.Given safe : syncing.getOrDefault(ended.thread(), List.of())) {
                        if (unsafe.removeIf(given -> given == safe)) {
                            disk.keep(safe);
                        }
                    }
                } else if (event instanceof Trace.Said word) {
                    said.add(word.word());
                    cut();
                }
            }
            cut();
        }

        private void cut() throws IOException {
            moments++;
            judge("synced only", List.of());
            judge("all", unsafe);
            for (int i = 0; i < subsets; i++) {
                double share = random.nextDouble();
                judge(
                        "re-ordered",
                        unsafe.stream()
                                .filter(given -> random.nextDouble() < share)
                                .toList());
                tear();
            }
        }

        private void tear() throws IOException {
            for (int last = unsafe.size() - 1; last >= 0; last--) {
                if (unsafe.get(last) instanceof Disk.Written written) {
                    long first = written.at() / SECTOR + 1;
                    long sectors = (written.at() + written.bytes().length - 1) / SECTOR - first + 1;
                    if (sectors > 0) {
                        long at = SECTOR * (first + random.nextInt((int) sectors));
                        judge("torn", Disk.torn(unsafe, last, at, random.nextBoolean()));
                        return;
                    }
                }
            }
        }

        private void judge(String what, List<Disk.Given> reached) throws IOException {
            Map<String, byte[]> image = disk.with(reached);
            StringBuilder print = new StringBuilder("said ").append(said.size());
            image.forEach((name, bytes) ->
                    print.append(name).append(bytes.length).append(' ').append(Arrays.hashCode(bytes)));
            if (!judged.add(print.toString())) {
                return;
            }
            Path home = Files.createDirectory(folder.resolve("image"));
            for (Map.Entry<String, byte[]> file : image.entrySet()) {
                Files.write(home.resolve(file.getKey()), file.getValue());
            }
            flawOf(home).ifPresent(flaw -> bad.add("moment " + moments + ", " + what + ": " + flaw));
            try (var files = Files.list(home)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(home);
        }

        private Optional<String> flawOf(Path home) {
            try (SqliteJournal journal = SqliteJournal.open(home, InstantSource.system())) {
                Set<String> kept = new HashSet<>();
                journal.ofKinds("note").forEach(entry -> kept.add("record " + entry.seq() + " " + entry.hash()));
                journal.receipts()
                        .forEach(receipt ->
                                kept.add("receipt " + receipt.path("number").asText() + " "
                                        + receipt.path("hash").asText()));
                for (String word : said) {
                    boolean there = word.startsWith("epoch ")
                            ? Long.parseLong(word.substring("epoch ".length())) < journal.epoch()
                            : kept.contains(word);
                    if (!there) {
                        return Optional.of(word + " is gone");
                    }
                }
                Entry next = journal.append(Optional.empty(), "after", JsonNodeFactory.instance.objectNode());
                return journal.ofKinds("after").contains(next) ? Optional.empty() : Optional.of("does not go on");
            } catch (RuntimeException e) {
                return Optional.of("does not open: " + e.getMessage());
            }
        }
    }
}
