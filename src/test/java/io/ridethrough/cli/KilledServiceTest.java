package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many deaths in one story. Every boundary alone, in larger sites, is {@link CrashMatrixTest}.
 *
 * <pre>mvn -B test -Dtest=KilledServiceTest -Dgroups=long -DexcludedGroups=</pre>
 */
final class KilledServiceTest {
    private static final double SPEED = 10;
    private static final Path CONTRACTS = Path.of("src/test/resources/contracts/attic");

    @TempDir
    Path folder;

    /** R18, R19, R31: 24 deaths in one story, at every kind of record and on both sides of it. */
    @Test
    @Tag("long")
    void endsAsIfItHadNeverBeenKilled() throws Exception {
        Random random = new Random(seed());
        // A life that takes nothing forward is followed by one that does: two in vain would wait for a person (R31).
        List<String> deaths = new ArrayList<>(List.of(
                "run-begun:1:before",
                "run-begun:1:after",
                "observed:1:after",
                "intention:1:after",
                "observed:1:before",
                "answered:1:before",
                "intention:1:before",
                "answered:1:after",
                "settled:1:before",
                "settled:1:after"));
        for (int more = 0; more < 3; more++) {
            deaths.add(":" + (6 + random.nextInt(8)) + (random.nextBoolean() ? ":before" : ":after"));
        }
        deaths.addAll(List.of("run-closed:1:before", "run-closed:1:after"));
        // The startup. The shutdown's receipt is written by the life that finds it missing.
        deaths.addAll(List.of(
                "receipt:1:before",
                "run-begun:1:after",
                "intention:1:before",
                "answered:1:before",
                "settled:1:before",
                "intention:2:after",
                "settled:2:after",
                "run-closed:1:before",
                "receipt:1:after"));

        try (KilledStory story = new KilledStory(ChildJvm.JAVA, folder, CONTRACTS, SPEED)) {
            assertThat(story.dyingInTurn(deaths.stream().map(Boundary::parse).toList()))
                    .hasSize(deaths.size());
            story.judge();
        }
    }

    private static long seed() {
        return Long.getLong("crash.seed", 1);
    }
}
