package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.simulation.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three sites, six nodes, thirty guests: a full shutdown and startup by a process that is killed with SIGKILL before or
 * after a write of its journal ends as the one that nobody kills (R18, R19, R21, R30, R31). {@code src/docs/testing.md}
 * says how every boundary is played.
 */
final class CrashMatrixTest {
    private static final Path CONTRACTS = Path.of("src/test/resources/contracts/coast");
    private static final double SPEED = Double.parseDouble(System.getProperty("matrix.speed", "20"));
    private static final int AT_ONCE = Integer.getInteger("matrix.at-once", 2);
    private static final int IN_THE_GATE = 24;
    private static final int DEATHS_OF_A_STORY = 4;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private QuickJava java;
    private List<Boundary> all;
    private String end;

    @BeforeEach
    void oneStoryThatNobodyKills() throws Exception {
        java = new QuickJava(folder.resolve("java"));
        try (KilledStory story = story(java.first(), "unkilled")) {
            story.dyingAtAny(List.of(), new ArrayList<>());
            story.judge();
            all = story.boundaries();
            end = story.end();
        }
    }

    private KilledStory story(List<String> line, String name) throws IOException {
        return new KilledStory(line, Files.createDirectories(folder.resolve(name)), CONTRACTS, SPEED);
    }

    /** Every kind of record on both sides, and more by seed, several deaths in one story. */
    @Test
    void endsAsIfItHadNeverBeenKilledAtSomeBoundariesOfEveryKind() throws Exception {
        long seed = Long.getLong("matrix.seed", CommitId.number());
        List<Boundary> chosen = chosen(new Random(seed));
        List<List<Boundary>> stories = dealt(chosen);
        stories.get(0).add(1, new Boundary("run-resumed", 1, false));
        stories.get(1).add(1, new Boundary("run-resumed", 1, true));
        System.out.printf("matrix.seed=%d: %d of %d boundaries%n", seed, chosen.size() + 2, all.size());

        Map<Boundary, String> found = new LinkedHashMap<>();
        play(stories, found, (boundary, verdict, seconds) -> {});

        found.forEach((boundary, verdict) -> System.out.println(boundary + ": " + verdict));
        assertThat(found).hasSizeGreaterThanOrEqualTo(20);
        assertThat(found).as("matrix.seed=%d", seed).allSatisfy((boundary, verdict) -> assertThat(verdict)
                .isEqualTo("good"));
        assertThat(found.keySet().stream().map(each -> each.kind() + each.after()))
                .as("every kind on both sides, matrix.seed=%d", seed)
                .containsAll(
                        all.stream().map(each -> each.kind() + each.after()).toList());
    }

    /** Each boundary alone in a story of its own, unless {@code matrix.deaths} has several in one. */
    @Test
    @Tag("long")
    void endsAsIfItHadNeverBeenKilledAtAnyBoundary() throws Exception {
        List<Boundary> wanted = new ArrayList<>(all);
        wanted.sort(Comparator.comparing(Boundary::toString));
        int from = Integer.getInteger("matrix.from", 1);
        int to = Math.min(Integer.getInteger("matrix.to", wanted.size()), wanted.size());
        wanted = new ArrayList<>(wanted.subList(from - 1, to));
        Verdicts verdicts = new Verdicts(Path.of(System.getProperty("matrix.verdicts", "target/crash-matrix.tsv")));
        Set<String> passed = verdicts.passed();
        wanted.removeIf(each -> passed.contains(each.toString()));
        Collections.shuffle(wanted, new Random(1));
        int many = Math.max(1, wanted.size() / Integer.getInteger("matrix.deaths", 1));
        System.out.printf(
                "%d boundaries; %d to %d: %d were passed before, %d are played%n",
                all.size(), from, to, passed.size(), wanted.size());
        long began = System.nanoTime();

        Map<Boundary, String> found = new LinkedHashMap<>();
        List<List<Boundary>> stories = dealt(wanted, many);
        play(
                stories,
                found,
                (boundary, verdict, seconds) ->
                        verdicts.add(verdict.equals("good") ? "good" : "bad", seconds, boundary.toString(), verdict));

        Collection<String> bad = found.entrySet().stream()
                .filter(each -> !each.getValue().equals("good"))
                .map(each -> each.getKey() + ": " + each.getValue())
                .toList();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d played, %d bad, %d not met, %.0f s, %.1f s each%n",
                found.size(),
                bad.size(),
                wanted.size() - found.size(),
                seconds,
                seconds / Math.max(1, found.size()));
        assertThat(bad).isEmpty();
        assertThat(found.keySet()).containsAll(wanted);
    }

    private List<Boundary> chosen(Random random) {
        Map<String, List<Boundary>> kinds = new LinkedHashMap<>();
        all.forEach(each -> kinds.computeIfAbsent(each.kind() + each.after(), none -> new ArrayList<>())
                .add(each));
        Set<Boundary> chosen = new LinkedHashSet<>();
        kinds.values().forEach(of -> chosen.add(of.get(random.nextInt(of.size()))));
        while (chosen.size() < IN_THE_GATE - 2) {
            chosen.add(all.get(random.nextInt(all.size())));
        }
        return new ArrayList<>(chosen);
    }

    private List<List<Boundary>> dealt(List<Boundary> boundaries) {
        return dealt(boundaries, (boundaries.size() + DEATHS_OF_A_STORY - 1) / DEATHS_OF_A_STORY);
    }

    /** Far from each other in every story. */
    private List<List<Boundary>> dealt(List<Boundary> boundaries, int many) {
        List<Boundary> inOrder = new ArrayList<>(boundaries);
        if (many < boundaries.size()) {
            inOrder.sort(Comparator.comparingInt(all::indexOf));
        }
        List<List<Boundary>> stories =
                Stream.<List<Boundary>>generate(ArrayList::new).limit(many).toList();
        for (int i = 0; i < inOrder.size(); i++) {
            stories.get(i % many).add(inOrder.get(i));
        }
        return stories;
    }

    @FunctionalInterface
    private interface Told {
        void found(Boundary boundary, String verdict, double seconds);
    }

    /** Plays them, a few at once; those that were met in company and not alone are played again alone. */
    private void play(List<List<Boundary>> stories, Map<Boundary, String> found, Told told) throws Exception {
        ExecutorService several = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<List<Boundary>>> tellings = new ArrayList<>();
            for (int i = 0; i < stories.size(); i++) {
                int number = i;
                tellings.add(() -> play("story-" + number, stories.get(number), found, told));
            }
            List<List<Boundary>> missed = new ArrayList<>();
            for (Future<List<Boundary>> each : several.invokeAll(tellings)) {
                each.get().forEach(boundary -> missed.add(List.of(boundary)));
            }
            for (int i = 0; i < missed.size(); i++) {
                var unused = play("alone-" + i, missed.get(i), found, told);
            }
        } finally {
            several.shutdownNow();
        }
    }

    /** The boundaries that this story did not meet. */
    private List<Boundary> play(String name, List<Boundary> deaths, Map<Boundary, String> found, Told told)
            throws IOException {
        long began = System.nanoTime();
        List<Boundary> met = new ArrayList<>();
        String verdict = "good";
        try (KilledStory story = story(java.line(), name)) {
            story.dyingAtAny(deaths, met);
            story.judge();
            assertThat(story.end()).isEqualTo(end);
        } catch (Exception | AssertionError e) {
            verdict = name + " of " + deaths + ": " + e;
        }
        double seconds = (System.nanoTime() - began) / 1e9 / Math.max(1, met.size());
        for (Boundary boundary : met) {
            synchronized (found) {
                found.put(boundary, verdict);
            }
            told.found(boundary, verdict, seconds);
        }
        List<Boundary> missed = new ArrayList<>(deaths);
        missed.removeAll(met);
        if (met.isEmpty() && !verdict.equals("good")) {
            throw new AssertionError(verdict);
        }
        return missed;
    }
}
