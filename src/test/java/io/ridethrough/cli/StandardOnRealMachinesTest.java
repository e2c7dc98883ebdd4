package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.Ups;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.realparts.DebianMachine;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.SecretFiles;
import io.ridethrough.target.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped standard judges two real machines: systemd loses a race at boot, a timer and a scheduler are broken, an NFS
 * server hangs. What is broken is broken in the machine, and seen by the product over SSH.
 *
 * <pre>mvn -B test -Dtest=StandardOnRealMachinesTest -Dgroups=machines -DexcludedGroups=</pre>
 *
 * <p>As root on Debian with {@code qemu-system-x86}, {@code mmdebstrap} and {@code busybox-static}.
 */
@Tag("machines")
@Timeout(900)
final class StandardOnRealMachinesTest {
    private static final Map<String, DebianMachine> MACHINES = new LinkedHashMap<>();

    /** Units in the places of Proxmox's own; all but the first need what that one brings, and none says so. */
    private static final List<String> RACERS = List.of("pve-firewall", "pve-guests", "pvescheduler");

    private static final String MOUNT = "/mnt/pve/files";

    @TempDir
    static Path folder;

    private static Service service;

    @BeforeAll
    static void start() throws IOException {
        int lan = FreePort.onLoopback();
        for (String name : List.of("forge", "shelf")) {
            MACHINES.put(
                    name, new DebianMachine(folder.resolve(name), lan, MACHINES.size() + 1, FreePort.onLoopback()));
        }
        machine("forge").on();
        machine("shelf").boot();
        machine("forge").booted();
        machine("shelf").writes("/etc/exports", "/srv/files 10.77.0.0/24(rw,no_root_squash,no_subtree_check)");
        machine("shelf").types("mkdir -p /srv/files\nsystemctl enable --now nfs-server");
        unit("pve-cluster", "sleep 15; touch /run/pve-is-there");
        RACERS.forEach(name -> unit(name, "test -e /run/pve-is-there"));
        service = service();
    }

    @AfterAll
    static void end() {
        MACHINES.values().forEach(DebianMachine::close);
        if (service != null) {
            service.close();
        }
    }

    @Test
    void unitsThatLoseARaceAtBootAreNamedAndMendedAndTheirDropInsCureIt() {
        machine("forge").reboot();

        assertThat(broken("no-failed-unit"))
                .contains("pve-firewall.service", "pve-guests.service", "pvescheduler.service")
                .doesNotContain("pve-cluster");
        assertThat(broken("firewall-runs")).contains("failed");
        assertThat(broken("scheduler-runs")).contains("failed");
        assertThat(broken("boot-order-is-mended")).contains("DropInPaths=");
        assertThat(found("cluster-file-system-runs")).startsWith("holds");

        mend("no-failed-unit");
        assertThat(found("firewall-runs")).startsWith("holds");
        assertThat(found("scheduler-runs")).startsWith("holds");
        assertThat(broken("no-failed-unit"))
                .as("what starts and stops guests is a person's")
                .contains("pve-guests.service")
                .doesNotContain("pve-firewall", "pvescheduler");

        RACERS.forEach(name -> machine("forge")
                .writes(
                        "/etc/systemd/system/" + name + ".service.d/waits.conf",
                        "[Unit]\nAfter=pve-cluster.service\nWants=pve-cluster.service"));
        machine("forge").reboot();
        for (String control : List.of("no-failed-unit", "firewall-runs", "scheduler-runs", "boot-order-is-mended")) {
            assertThat(found(control)).as(control).startsWith("holds");
        }
    }

    @Test
    void aSchedulerThatCannotRunIsBrokenAndARemedyThatDidNotHelpIsNotCalledOne() {
        machine("forge").types("systemctl restart pve-cluster\nsystemctl restart pvescheduler");
        assertThat(found("scheduler-runs")).startsWith("holds");

        machine("forge").types("rm -f /run/pve-is-there; systemctl restart pvescheduler || true");
        assertThat(broken("scheduler-runs")).contains("failed");
        JsonNode receipt = mend("scheduler-runs");
        assertThat(receipt.path("result").asText()).as(receipt.toPrettyString()).isNotEqualTo("complete");
        assertThat(broken("scheduler-runs")).contains("failed");

        machine("forge").types("touch /run/pve-is-there");
        assertThat(mend("scheduler-runs").path("result").asText()).isEqualTo("complete");
        assertThat(found("scheduler-runs")).startsWith("holds");
    }

    @Test
    void aTimerThatIsWrittenWrongIsBrokenThoughSystemdCallsNoUnitFailed() {
        machine("forge").types("touch /run/pve-is-there\nsystemctl restart pve-firewall pve-guests pvescheduler");
        machine("forge").writes("/etc/systemd/system/nightly.service", "[Service]\nExecStart=true");
        String good = "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target";
        machine("forge").writes("/etc/systemd/system/nightly.timer", good);
        machine("forge").types("systemctl enable --now nightly.timer");
        assertThat(found("no-failed-unit")).startsWith("holds");

        machine("forge").writes("/etc/systemd/system/nightly.timer", good.replace("daily", "every night"));
        machine("forge").types("systemctl stop nightly.timer\nsystemctl daemon-reload");
        assertThat(broken("no-failed-unit")).contains("nightly.timer");
        assertThat(machine("forge").types("systemctl list-units --failed --plain --no-legend"))
                .isEmpty();

        machine("forge").writes("/etc/systemd/system/nightly.timer", good);
        machine("forge").types("systemctl daemon-reload\nsystemctl start nightly.timer");
        assertThat(found("no-failed-unit")).startsWith("holds");
    }

    @Test
    void aMountIsAskedOfItsServerWhichMayHangWithoutHangingTheCheck() {
        machine("forge").types("mkdir -p " + MOUNT);
        assertThat(broken("mounts-answer")).contains(MOUNT + " is not mounted: it is a folder of /");
        assertThat(mend("mounts-answer").path("result").asText()).isEqualTo("complete");
        assertThat(found("mounts-answer")).startsWith("holds");
        String mounted = machine("forge").types("findmnt -n -o ID " + MOUNT);

        machine("shelf").freeze();
        String run;
        try {
            assertThat(machine("forge").types("mountpoint " + MOUNT))
                    .as("what a plain look says of it")
                    .contains("is a mountpoint");
            Instant before = Instant.now();
            assertThat(broken("mounts-answer")).contains(MOUNT + " hangs");
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(60));
            run = begin("mounts-answer");
            Until.holds(
                    () -> receipt(run).path("steps").path(0).path("for").asDouble() > 30,
                    Duration.ofMinutes(1),
                    () -> receipt(run).toPrettyString());
        } finally {
            machine("shelf").thaw();
        }
        assertThat(ended(run).path("result").asText())
                .as(receipt(run).toPrettyString())
                .isEqualTo("complete");
        assertThat(machine("forge").types("findmnt -n -o ID " + MOUNT))
                .as("it is the same mount")
                .isEqualTo(mounted);
        assertThat(found("mounts-answer")).startsWith("holds");

        machine("shelf").types("mv /srv/files /srv/before\nmkdir /srv/files\nsystemctl restart nfs-server");
        assertThat(broken("mounts-answer")).contains("Stale file handle");
        assertThat(mend("mounts-answer").path("result").asText()).isEqualTo("complete");
        assertThat(found("mounts-answer")).startsWith("holds");
    }

    /** Why a plan takes down who mounts before who serves (protocols 11, trap 16). */
    @Test
    void aClientThatOutlivesItsServerCannotEndItsOwnShutdownInTime() {
        Duration inOrder = shutdown("forge", "shelf");
        Duration against = shutdown("shelf", "forge");

        System.out.printf("the client's shutdown took %s before its server, %s after it%n", inOrder, against);
        assertThat(against).isGreaterThan(inOrder.plusSeconds(60));
    }

    /** The shutdown of the machine that mounts, where both go down in this order; both are up again after it. */
    private static Duration shutdown(String first, String second) {
        machine("forge")
                .types("mkdir -p " + MOUNT + "\nmountpoint -q " + MOUNT + " || mount -t nfs 10.77.0.2:/srv/files "
                        + MOUNT + "\ndd if=/dev/zero of=" + MOUNT + "/unwritten bs=1M count=8 2> /dev/null");
        Map<String, Duration> took = new LinkedHashMap<>();
        for (String name : List.of(first, second)) {
            long pressed = System.nanoTime();
            machine(name).pressPowerButton();
            Until.holds(() -> !machine(name).isOn(), Duration.ofMinutes(6), () -> name + " does not go off");
            took.put(name, Duration.ofNanos(System.nanoTime() - pressed));
        }
        machine("shelf").boot();
        machine("forge").boot();
        return took.getOrDefault("forge", Duration.ZERO);
    }

    private static DebianMachine machine(String name) {
        return Optional.ofNullable(MACHINES.get(name)).orElseThrow();
    }

    private static void unit(String name, String shell) {
        machine("forge")
                .writes(
                        "/etc/systemd/system/" + name + ".service",
                        "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sh -c '" + shell
                                + "'\n[Install]\nWantedBy=multi-user.target");
        machine("forge").types("systemctl -q enable " + name);
    }

    private static String broken(String control) {
        String found = found(control);
        assertThat(found).as(control).startsWith("broken");
        return found;
    }

    /** The finding and its evidence at the node, looked for now. */
    private static String found(String control) {
        for (JsonNode one : service.client()
                .post("sites/bench/standard", JsonNodeFactory.instance.objectNode())
                .orRefusal()
                .path("findings")) {
            if (one.path("control").asText().equals(control)
                    && one.path("asset").asText().endsWith("forge")) {
                return one.path("finding").asText() + ": "
                        + one.path("evidence").asText();
            }
        }
        throw new AssertionError("no finding of " + control);
    }

    /** By hand, as a person does; its receipt. */
    private static JsonNode mend(String control) {
        return ended(begin(control));
    }

    private static String begin(String control) {
        return service.client()
                .post(
                        "runs",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("scope", "bench/forge")
                                .put("mode", "remedy")
                                .put("control", control)
                                .put("execute", true)
                                .put("confirm", "bench/forge"))
                .orRefusal()
                .path("run")
                .asText();
    }

    private static JsonNode ended(String run) {
        service.runs.closing(run).ifPresent(closing -> closing.toCompletableFuture()
                .join());
        return receipt(run);
    }

    private static JsonNode receipt(String run) {
        return service.client().get("runs/" + run).json();
    }

    private static Service service() throws IOException {
        Path home = folder.resolve("home");
        Path secret = home.resolve("secrets/ssh/bench");
        Files.createDirectories(secret.getParent());
        Files.copy(DebianMachine.identity(), secret);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                home.resolve("known_hosts"),
                DebianMachine.knownHostsLine("10.77.0.1") + DebianMachine.knownHostsLine("10.77.0.2"));
        Settings settings = Settings.read(Path.of("application.properties"))
                .with("ridethrough.http.port", Integer.toString(FreePort.onLoopback()));
        return Service.start(
                settings,
                Home.at(home),
                new ContractFolder(contracts()).contracts(),
                new Service.World(
                        "machines",
                        1,
                        WIRING,
                        new SecretFiles(home.resolve("secrets")),
                        home.resolve("known_hosts"),
                        target -> Optional.empty(),
                        Ups.MqttSource::broker));
    }

    /** The addresses of the network between the machines lead to their sshd's here, and nothing leads elsewhere. */
    private static final Wiring WIRING = new Wiring() {
        @Override
        public InetSocketAddress tcp(String host, int port) {
            return MACHINES.values().stream()
                    .skip(host.equals("10.77.0.1") ? 0 : host.equals("10.77.0.2") ? 1 : 2)
                    .filter(machine -> port == 22)
                    .findFirst()
                    .map(machine -> new InetSocketAddress(InetAddress.getLoopbackAddress(), machine.port()))
                    .orElse(InetSocketAddress.createUnresolved("nowhere", port));
        }

        @Override
        public InetSocketAddress udp(String host, int port) {
            return InetSocketAddress.createUnresolved("nowhere", port);
        }
    };

    private static Path contracts() throws IOException {
        Path contracts = folder.resolve("contracts");
        Path site = Files.createDirectories(contracts.resolve("sites/bench"));
        Path standard = Files.createDirectories(contracts.resolve("standard"));
        try (Stream<Path> shipped = Files.list(Path.of("contracts/standard"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, standard.resolve(file.getFileName()));
            }
        }
        Files.writeString(
                contracts.resolve("policy.yaml"), "windows: []\nchecks: {attempts: 1, timeout: 20s, back-off: 1s}\n");
        Files.writeString(site.resolve("site.yaml"), """
                site: bench
                title: The bench
                time-zone: UTC
                lan: 10.77.0.0/24
                domains: [infra]
                defaults: {owner: "@ops", domain: infra, tier: 2}
                power-off: false
                orchestrator: {runs-on: outside}
                out-of-band: {required: false}
                recovery: {attempts: 1, back-off: 1s}
                """);
        Files.writeString(site.resolve("nodes.yaml"), """
                nodes:
                  - id: forge
                    node-name: machine
                    version: 9.1.4
                    address: 10.77.0.1
                    ssh: {host: 10.77.0.1, port: 22, user: root, identity: ssh/bench}
                    proof-of-off: {ports: [22], quiet: 2s}
                    mounts: [{export: "shelf:/srv/files", at: %s}]
                    off: 1m
                    boot: 2m
                """.formatted(MOUNT));
        Files.writeString(site.resolve("storage.yaml"), """
                nas:
                  - id: shelf
                    address: 10.77.0.2
                    ssh: {host: 10.77.0.2, port: 22, user: root, identity: ssh/bench}
                    proof-of-off: {ports: [22], quiet: 2s}
                    exports: [/srv/files]
                    off: 1m
                    boot: 2m
                """);
        for (String list : List.of("power", "guests", "stacks", "home-assistant", "backup", "network", "services")) {
            Files.writeString(site.resolve(list + ".yaml"), "none: not at this site\n");
        }
        return contracts;
    }
}
