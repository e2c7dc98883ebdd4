package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.WiringFile;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.lab.net.LabUps;
import io.ridethrough.realparts.Until;
import io.ridethrough.receipt.ReceiptChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * R15, R16, R30, R39: the orchestrator is a guest of the site that it takes down. A real process, ended by its own last
 * step when its node stops it, is started with another boot id when power has returned and the node has started its
 * guest. Nobody helps; the hosts' own log judges.
 *
 * <p>More cycles by one command:
 *
 * <pre>mvn -B test -Dtest=OwnHostGoesDownTest -Dgroups=long -DexcludedGroups= -Down.cycles=200</pre>
 */
final class OwnHostGoesDownTest {
    private static final double SPEED = 20;
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Path CONTRACTS = Path.of("src/test/resources/contracts/mill");
    private static final AssetId CONTROL = AssetId.parse("mill/control");
    private static final List<AssetId> HOSTS =
            List.of(AssetId.parse("mill/wheel"), AssetId.parse("mill/stone"), AssetId.parse("mill/store"));

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWorld world;

    @SuppressWarnings("NullAway.Init")
    private Contracts contracts;

    @SuppressWarnings("NullAway.Init")
    private Process process;

    private Path declared = CONTRACTS;
    private int life;

    @Test
    @Timeout(300)
    void comesBackByItselfFiveTimes() throws Exception {
        cycles(5);
    }

    @Test
    @Tag("long")
    void comesBackByItselfAsOftenAsAsked() throws Exception {
        cycles(Integer.getInteger("own.cycles", 200));
    }

    /**
     * R35: mains return while the battery is nearly full, so that no firmware would see them return; but the UPS was told
     * before our own end to cut its load in any case.
     */
    @Test
    @Timeout(300)
    void comesBackByTheCutOfItsUpsWhoseBatteryNeverRanEmpty() throws Exception {
        declared = ChangedFolder.of(CONTRACTS, folder.resolve("contracts"))
                .replace("sites/mill/power.yaml", "    mqtt:\n", """
                                    nut: {host: 10.9.7.9, secret: nut/mill}
                                    cut-off: {delay: 3m}
                                    mqtt:
                                """)
                .replace("sites/mill/power.yaml", "return-hold: 30s", "return-hold: 200s")
                .path();
        cycles(1);
        List<LabEvent> log = world.events();
        assertThat(log)
                .filteredOn(event -> event.verb().equals("shutdown.return"))
                .hasSize(1);
        assertThat(log)
                .filteredOn(event -> event.verb().equals("load"))
                .extracting(LabEvent::id)
                .containsExactly("off", "on");
        assertThat(log).noneMatch(event -> event.verb().equals("shutdown.stop"));
    }

    private void cycles(int cycles) throws Exception {
        contracts = new ContractFolder(declared).contracts();
        try (LabWorld lab = LabWorld.start(contracts, new LabOptions(SPEED, folder.resolve("world")))) {
            world = lab;
            WiringFile.write(lab.wiring(), folder.resolve("wiring.json"));
            startsAnew();
            for (int cycle = 1; cycle <= cycles; cycle++) {
                int from = world.events().size();
                outage();
                wentDownInOrder(world.events().subList(from, world.events().size()), cycle);
                powerReturns();
                startsAnew();
                int receipts = 2 * cycle;
                Until.holds(() -> closedRuns() == receipts, SOON, this::told);
                assertThat(allUp(world)).as(this::told).isTrue();
            }
        } finally {
            kill();
        }
        receiptsAreComplete(cycles);
    }

    /** The node stops its guest, and with the guest our process. */
    private void outage() {
        ups().cut();
        Until.holds(() -> !world.isRunning(CONTROL), SOON, this::told);
        kill();
        Until.holds(() -> allOff(world), SOON, this::told);
    }

    private void powerReturns() {
        if (declared.equals(CONTRACTS)) {
            chargedAgain(world);
        } else {
            Until.holds(() -> !ups().feeds(), SOON, this::told);
            ups().restore();
            ups().setCharge(90);
        }
        Until.holds(() -> world.isRunning(CONTROL), SOON, this::told);
    }

    private LabUps ups() {
        return world.ups(AssetId.parse("mill/ups"));
    }

    /** The battery has run empty meanwhile, so that firmware sees mains return; nobody presses a button. */
    static void chargedAgain(LabWorld world) {
        LabUps ups = world.ups(AssetId.parse("mill/ups"));
        ups.setCharge(0);
        ups.restore();
        ups.setCharge(90);
    }

    static boolean allOff(LabWorld world) {
        return HOSTS.stream().allMatch(host -> world.power(host) == LabHost.State.OFF);
    }

    static boolean allUp(LabWorld world) {
        return HOSTS.stream().allMatch(world::isUp)
                && Stream.of("app", "names", "media", "control")
                        .allMatch(guest -> world.isRunning(AssetId.parse("mill/" + guest)));
    }

    private void startsAnew() throws IOException {
        Path boot = Files.writeString(folder.resolve("boot_id"), UUID.randomUUID() + "\n");
        process = ChildJvm.start(
                folder.resolve("life-" + ++life + ".log"),
                LifeOnOwnHost.class,
                folder.resolve("wiring.json"),
                folder.resolve("home"),
                declared,
                FreePort.onLoopback(),
                SPEED,
                boot);
        Until.holds(() -> said().contains("serving") || !process.isAlive(), SOON, this::told);
        assertThat(process.isAlive()).as(this::told).isTrue();
    }

    private void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    static void wentDownInOrder(List<LabEvent> log, int cycle) {
        Map<String, Long> destructive = log.stream()
                .filter(event -> Set.of("shutdown", "stop", "poweroff").contains(event.verb())
                        && event.what().equals("begin"))
                .map(event -> event.line().substring(event.line().indexOf('\t')))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(destructive).as("cycle %d: %s", cycle, log).hasSize(7).allSatisfy((what, times) -> assertThat(times)
                .as(what)
                .isEqualTo(1));
        assertThat(log).as("cycle %d", cycle).noneMatch(event -> event.what().equals("violation"));
        assertThat(at(log, "stone", "poweroff", "end")).isLessThan(at(log, "store", "delay", "call"));
        assertThat(at(log, "store", "delay", "call")).isLessThan(at(log, "wheel", "delay", "call"));
        assertThat(at(log, "wheel", "delay", "call")).isLessThan(at(log, "wheel", "poweroff", "begin"));
        assertThat(at(log, "wheel", "poweroff", "end")).isLessThan(at(log, "store", "poweroff", "begin"));
    }

    private static int at(List<LabEvent> log, String host, String verb, String what) {
        List<LabEvent> found = log.stream()
                .filter(event -> event.host().equals("mill/" + host)
                        && event.verb().equals(verb)
                        && event.what().equals(what))
                .toList();
        assertThat(found).as("%s %s %s in %s", host, verb, what, log).hasSize(1);
        return log.indexOf(found.get(0));
    }

    /** In all lives. */
    private long closedRuns() {
        long closed = 0;
        for (int one = 1; one <= life; one++) {
            closed += read(folder.resolve("life-" + one + ".log"))
                    .lines()
                    .filter(line -> line.contains("Run closed: "))
                    .count();
        }
        return closed;
    }

    private void receiptsAreComplete(int cycles) {
        try (Journal journal = SqliteJournal.open(folder.resolve("home"), InstantSource.system())) {
            List<JsonNode> receipts = journal.receipts();
            assertThat(receipts).hasSize(2 * cycles).allSatisfy(receipt -> assertThat(
                            receipt.path("result").asText())
                    .as(receipt.toPrettyString())
                    .isEqualTo("complete"));
            assertThat(ReceiptChain.verify(receipts)).isEmpty();
            assertThat(receipts.get(0).toString()).contains("our own machine was off: boot id");
        }
    }

    private String said() {
        return read(folder.resolve("life-" + life + ".log"));
    }

    private String told() {
        String log = said();
        return log.substring(Math.max(0, log.length() - 6000)) + "\n"
                + world.events().stream()
                        .skip(Math.max(0, world.events().size() - 60))
                        .map(LabEvent::line)
                        .collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
