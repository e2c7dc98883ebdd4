package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.realparts.DebianMachine;
import io.ridethrough.realparts.Moment;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.realparts.QemuNode;
import io.ridethrough.realparts.ScriptedHost;
import io.ridethrough.realparts.Until;
import io.ridethrough.realparts.WakeEar;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guests that are machines with Debian, a database that is written to all the time, and file systems: what they lost is
 * told by themselves.
 *
 * <pre>mvn -B test -Dtest=RealGuestsTest -Dgroups=machines -DexcludedGroups=</pre>
 *
 * <p>As root on Debian with {@code qemu-system-x86}, {@code mmdebstrap} and {@code busybox-static}.
 */
@Tag("machines")
@Timeout(1500)
final class RealGuestsTest {
    private static final int DB = 101;
    private static final int APP = 102;
    private static final int DEAF = 103;
    private static final Duration SOON = Duration.ofMinutes(10);
    private static final String UPS = "ups/dock/";
    private static final String LOG = "/var/log/postgresql/postgresql-15-main.log";

    @TempDir
    Path folder;

    private final Map<Integer, DebianMachine> guests = new TreeMap<>();
    private ScriptedHost node;

    @BeforeEach
    void boot() throws IOException {
        int lan = FreePort.onLoopback();
        for (int id : List.of(DB, APP, DEAF)) {
            guests.put(id, new DebianMachine(folder.resolve("guest-" + id), lan, id - 100, FreePort.onLoopback()));
        }
        node = QemuNode.of(folder.resolve("keel"), "keel", guests);
        guests.keySet().forEach(id -> qm("start", id));
        guests.values().forEach(DebianMachine::booted);
        guest(DB).writes("/etc/systemd/system/ticks.service", """
                [Unit]
                After=postgresql@15-main.service
                Requires=postgresql@15-main.service
                [Service]
                User=postgres
                ExecStart=/bin/sh -c 'while :; do psql -qc "insert into ticks default values"; done'
                [Install]
                WantedBy=multi-user.target
                """);
        guest(DB).types("""
                systemctl enable --now postgresql
                until su postgres -c 'psql -qc "create table if not exists ticks (at timestamptz default now())"'; do sleep 1; done
                systemctl enable --now ticks
                """);
        Until.holds(() -> ticks() > 0, SOON, () -> guest(DB).types("tail " + LOG));
    }

    @AfterEach
    void end() {
        if (node != null) {
            ran("sh", "-c", "pkill -9 -f '^qemu-system-x86_64 .*" + folder + "/guest-' || true");
            node.close();
        }
    }

    @Test
    void anOutageEndsTheirWorkCleanlyAndForcesOnlyTheOneThatHearsNothing() throws Exception {
        guest(DEAF).writes("/etc/systemd/logind.conf.d/deaf.conf", "[Login]\nHandlePowerKey=ignore");
        guest(DEAF).types("systemctl restart systemd-logind\nsync");
        Map<Integer, String> earlier = boots();
        int lines = guest(DB).types("cat " + LOG).lines().toList().size();
        int before = ticks();
        Path contracts = Files.createDirectories(folder.resolve("contracts"));
        try (Mosquitto broker = new Mosquitto(Files.createDirectories(folder.resolve("broker")));
                WakeEar ear = new WakeEar()) {
            broker.start();
            ear.belongsTo(HarbourSites.mac("keel"), node);
            new HarbourSites(Map.of("keel", node), broker.port(), ear.port())
                    .dock(contracts, "outage-hold: 5s, return-hold: 10s");
            try (Service service = HarbourService.start(home(), contracts, 1)) {
                service.standing.ready(new SiteId("dock"), Standing.Readiness.ARMED, "test");
                broker.retain(UPS + "battery.charge", "90");
                broker.retain(UPS + "ups.status", "OL CHRG");
                AssetId ups = AssetId.parse("dock/ups");
                Until.holds(() -> !service.power.reading(ups).status().tokens().isEmpty());
                broker.retain(UPS + "ups.status", "OL CHRG");
                ClosedRuns closed = new ClosedRuns(service.client(), this::told, SOON);

                broker.retain(UPS + "ups.status", "OB DISCHRG");
                JsonNode down = closed.receipt("dock", "shutdown");
                assertThat(down.path("result").asText())
                        .as(down.toPrettyString())
                        .isEqualTo("complete");
                inOrder("qm shutdown 102", "down 102", "qm shutdown 101", "down 101", "systemctl poweroff", "off");
                inOrder("qm shutdown 103", "qm stop 103", "down 103", "off");
                assertThat(happened()).noneMatch(what -> what.startsWith("lost"));
                assertThat(List.of(mustRecover(DB), mustRecover(APP), mustRecover(DEAF)))
                        .as("whether the file systems of db, app and deaf have something to recover")
                        .containsExactly(false, false, true);

                broker.retain(UPS + "ups.status", "OL CHRG");
                JsonNode up = closed.receipt("dock", "startup");
                assertThat(up.path("result").asText()).as(up.toPrettyString()).isEqualTo("complete");
                inOrder("off", "magic packet", "on", "qm start 101", "up 101", "qm start 102");
            }
        }
        guests.values().forEach(DebianMachine::booted);
        assertThat(boots().values()).doesNotContainAnyElementsOf(earlier.values());
        String since = guest(DB).types("tail -n +" + (lines + 1) + " " + LOG);
        assertThat(since)
                .contains("database system was shut down at")
                .doesNotContain("not properly shut down", "was interrupted");
        int after = ticks();
        assertThat(after).as("rows that were there before the outage").isGreaterThanOrEqualTo(before);
        Until.holds(() -> ticks() > after, SOON, () -> guest(DB).types("tail " + LOG));
        told().lines().forEach(System.out::println);
    }

    /** The judges above do tell a clean end from another. */
    @Test
    void aGuestWhosePlugIsPulledTellsSoItself() {
        qm("stop", DB);
        assertThat(mustRecover(DB)).isTrue();

        qm("start", DB);
        guest(DB).booted();
        Until.holds(() -> readies() > 1, SOON, () -> guest(DB).types("cat " + LOG));
        assertThat(guest(DB).types("cat " + LOG))
                .contains("database system was not properly shut down; automatic recovery in progress");
    }

    private DebianMachine guest(int id) {
        return Optional.ofNullable(guests.get(id)).orElseThrow();
    }

    private int readies() {
        return Integer.parseInt(
                guest(DB).types("grep -c 'ready to accept' " + LOG + " || true").strip());
    }

    private int ticks() {
        return Integer.parseInt(guest(DB)
                .types("su postgres -c 'psql -Atqc \"select count(*) from ticks\"' || echo 0")
                .strip());
    }

    private Map<Integer, String> boots() {
        Map<Integer, String> boots = new TreeMap<>();
        guests.forEach((id, guest) -> boots.put(id, guest.types("cat /proc/sys/kernel/random/boot_id")));
        return boots;
    }

    /** What ext4 notes while it is mounted, and takes back when it is unmounted. */
    private boolean mustRecover(int id) {
        return ran("dumpe2fs", "-h", guest(id).disk().toString()).contains("needs_recovery");
    }

    private void qm(String verb, int id) {
        ran(
                "ssh",
                "-q",
                "-i",
                node.ssh().identity().toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-p",
                Integer.toString(node.ssh().port()),
                "root@127.0.0.1",
                "qm " + verb + " " + id);
    }

    private static String ran(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as(String.join(" ", command) + ": " + out)
                    .isZero();
            return out;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Path home() throws IOException {
        Path home = folder.resolve("home");
        Path secrets = Files.createDirectories(home.resolve("secrets/ssh"));
        Files.writeString(home.resolve("known_hosts"), node.ssh().knownHostsLine() + "\n");
        Path identity = Files.copy(node.ssh().identity(), secrets.resolve("keel"));
        Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-------"));
        return home;
    }

    private List<String> happened() {
        return node.log().stream().map(Moment::what).toList();
    }

    /** Each of these is the beginning of something in the node's log that came after what is before it here. */
    private void inOrder(String... moments) {
        int at = 0;
        List<String> all = happened();
        for (String moment : moments) {
            while (at < all.size() && !all.get(at).startsWith(moment)) {
                at++;
            }
            assertThat(at).as("'%s' in its place in %s", moment, all).isLessThan(all.size());
            at++;
        }
    }

    private String told() {
        long first = node.log().isEmpty() ? 0 : node.log().get(0).at();
        StringBuilder text = new StringBuilder();
        node.log().forEach(one -> text.append("%7.1f s  %s%n".formatted((one.at() - first) / 1e9, one.what())));
        return text.toString();
    }
}
