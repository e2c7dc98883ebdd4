package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.WiringFile;
import io.ridethrough.receipt.ReceiptChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole shutdown and startup by real processes that are really killed, over real SSH to hosts that live on in this
 * process and judge from their own log: every destructive command once, in order, everything up in the end.
 *
 * <p>Every boundary of one run alone, each in a world of its own:
 *
 * <pre>mvn -B test -Dtest=KilledServiceTest -Dgroups=long -DexcludedGroups=</pre>
 */
final class KilledServiceTest {
    private static final double SPEED = 10;
    private static final int KILLED = 128 + 9;
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

        tell(deaths);
    }

    @Test
    @Tag("long")
    void endsAsIfItHadNeverBeenKilledAtAnyBoundary() throws Exception {
        int writes = Integer.getInteger("crash.writes", 200);
        for (int write = Integer.getInteger("crash.from", 1); write <= writes; write++) {
            for (String side : List.of("before", "after")) {
                if (tell(List.of(":" + write + ":" + side)) == 0) {
                    return;
                }
            }
        }
    }

    private static long seed() {
        return Long.getLong("crash.seed", 1);
    }

    /** Lives one life after another in a new world; the number of those that were killed. */
    private int tell(List<String> deaths) throws Exception {
        Contracts contracts = new ContractFolder(CONTRACTS).contracts();
        Path here = Files.createTempDirectory(folder, "story");
        Path home = here.resolve("home");
        int killed = 0;
        try (LabWorld world = LabWorld.start(contracts, new LabOptions(SPEED, here.resolve("world")))) {
            Path wiring = here.resolve("wiring.json");
            WiringFile.write(world.wiring(), wiring);
            List<String> lives = new ArrayList<>(deaths);
            lives.add("");
            int exit = KILLED;
            for (int life = 0; life < lives.size() && exit == KILLED; life++) {
                Path log = here.resolve("life-" + life + ".log");
                exit = live(wiring, home, lives.get(life), log);
                assertThat(exit)
                        .as("%s: %s", lives.get(life), log.toFile().length() > 0 ? Files.readString(log) : "")
                        .isIn(0, KILLED);
                killed += exit == KILLED ? 1 : 0;
            }
            assertThat(exit).isZero();
            judge(contracts, world, home);
        }
        System.out.println("killed " + killed + " times: " + deaths);
        return killed;
    }

    private static int live(Path wiring, Path home, String death, Path log) throws Exception {
        Process process =
                ChildJvm.start(log, OneLife.class, wiring, home, CONTRACTS, ChildJvm.freePort(), SPEED, death);
        try {
            boolean ended = process.waitFor(180, TimeUnit.SECONDS);
            assertThat(ended)
                    .as("life ends: %s: %s", death, Files.readString(log))
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void judge(Contracts contracts, LabWorld world, Path home) {
        assertThat(world.violations()).isEmpty();
        assertThat(world.takenDown())
                .isNotEmpty()
                .allSatisfy((command, times) -> assertThat(times).as(command).isEqualTo(1));
        assertThat(world.events()).noneMatch(event -> event.verb().equals("stop"));
        contracts.assets().values().stream().filter(Guest.class::isInstance).forEach(guest -> assertThat(
                        world.isRunning(guest.id()))
                .as(guest.id().toString())
                .isTrue());
        try (Journal journal = SqliteJournal.open(home, InstantSource.system())) {
            List<JsonNode> receipts = journal.receipts();
            assertThat(receipts).hasSize(2).allSatisfy(receipt -> assertThat(
                            receipt.path("result").asText())
                    .as(receipt.toPrettyString())
                    .isEqualTo("complete"));
            assertThat(ReceiptChain.verify(receipts)).isEmpty();
        }
    }
}
