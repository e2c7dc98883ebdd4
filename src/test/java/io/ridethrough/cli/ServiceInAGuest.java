package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.lab.HostPort;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWiring;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.realparts.QemuMachine;
import io.ridethrough.realparts.Until;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One outage of the mill, told in a network namespace that {@link ServiceInAGuestTest} made: the service runs in a guest
 * that is a real machine, and reaches the lab's hosts at the addresses that the contracts declare.
 */
final class ServiceInAGuest {
    private static final Duration SOON = Duration.ofMinutes(10);
    static final Path PARTS = Path.of("target/machine");

    private static final String TAP = "mill0";
    private static final String GUEST = "10.9.7.100";
    private static final String TOKEN = "0123456789abcdef";
    private static final AssetId CONTROL = AssetId.parse("mill/control");

    private final Path folder;
    private final Path declared;
    private final LabWorld world;
    private final ServiceClient client = new ServiceClient(GUEST, 8686, TOKEN);
    private final QemuMachine machine;

    private ServiceInAGuest(Path folder, Path declared, LabWorld world) throws IOException, InterruptedException {
        this.folder = folder;
        this.declared = declared;
        this.world = world;
        this.machine = new QemuMachine(PARTS, QemuMachine.disk(PARTS, app()), folder, TAP, GUEST + "/24");
    }

    /** Where the story keeps its files, then the contracts. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path declared = Path.of(arguments[1]);
        Contracts contracts = new ContractFolder(declared).contracts();
        try (LabWorld world = LabWorld.start(contracts, new LabOptions(1, folder.resolve("world")))) {
            layNetwork(world.wiring());
            new ServiceInAGuest(folder, declared, world).isTold();
        }
        System.exit(0);
    }

    /** Every address of the lab stands at the tap, and leads to the port of loopback where the lab answers for it. */
    private static void layNetwork(LabWiring wiring) throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (String line : new String[] {
            "ip tuntap add dev " + TAP + " mode tap",
            "ip addr add 10.9.7.254/24 broadcast + dev " + TAP,
            "ip link set " + TAP + " up",
            "echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet",
            "nft add table ip lab",
            "nft 'add chain ip lab to { type nat hook prerouting priority -100 ; }'"
        }) {
            lines.append(line).append('\n');
        }
        for (String host : hosts(wiring)) {
            lines.append("ip addr add ")
                    .append(host)
                    .append("/32 dev ")
                    .append(TAP)
                    .append('\n');
        }
        rules(lines, "tcp", wiring.tcp());
        rules(lines, "udp", wiring.udp());
        Process shell = new ProcessBuilder("sh", "-eu")
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (OutputStream in = shell.getOutputStream()) {
            in.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(shell.waitFor()).as(lines.toString()).isZero();
    }

    private static Set<String> hosts(LabWiring wiring) {
        return wiring.tcp().keySet().stream()
                .map(HostPort::host)
                .filter(host -> host.startsWith("10.9.7."))
                .filter(host -> !host.equals(GUEST))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void rules(StringBuilder lines, String protocol, Map<HostPort, InetSocketAddress> places) {
        places.forEach((at, real) -> {
            if (at.host().startsWith("10.9.7.")) {
                lines.append("nft add rule ip lab to ip daddr %s %s dport %d dnat to 127.0.0.1:%d%n"
                        .formatted(at.host(), protocol, at.port(), real.getPort()));
            }
        });
    }

    /** The product as a user installs it: program, routes, contracts, and a state folder with what it may know. */
    private Path app() throws IOException {
        Path app = folder.resolve("app");
        Path lib = Files.createDirectories(app.resolve("lib"));
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(part);
            if (Files.isRegularFile(path)) {
                Files.copy(path, lib.resolve(path.getFileName()));
            } else if (Files.isDirectory(path.resolve("io/ridethrough"))) {
                copy(path, app.resolve("classes"));
            }
        }
        copy(Path.of("routes"), app.resolve("routes"));
        copy(declared, app.resolve("contracts"));
        Files.copy(Path.of("application.properties"), app.resolve("application.properties"));
        Home home = Home.at(app.resolve("state"));
        assertThat(home.token()).isNotEmpty();
        Files.writeString(app.resolve("state/token"), TOKEN + "\n");
        LabWiring wiring = world.wiring();
        Files.copy(wiring.knownHosts(), home.knownHosts());
        for (Map.Entry<String, Path> identity : wiring.identities().entrySet()) {
            secret(home, identity.getKey(), Files.readString(identity.getValue()));
        }
        secret(home, "mqtt/mill", "lab:lab");
        Files.writeString(
                app.resolve("service"),
                "exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m -Dridethrough.home=/app/state"
                        + " -Dridethrough.http.host=" + GUEST + " -cp 'classes:lib/*' " + Ridethrough.class.getName()
                        + " serve\n");
        return app;
    }

    private static void secret(Home home, String name, String value) throws IOException {
        Path file = home.folder().resolve("secrets").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copy = to.resolve(from.relativize(each).toString());
                if (!Files.exists(copy)) {
                    Files.copy(each, copy);
                }
            }
        }
    }

    private void isTold() throws IOException {
        try (machine) {
            machine.on();
            Until.holds(this::answers, SOON, this::told);
            says("the service answers in its guest");
            var unused = client.post(
                    "sites/mill/readiness",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("readiness", "armed")
                            .put("waive-rehearsal", "a test"));
            Until.holds(() -> site().toString().contains("no outage"), SOON, this::told);

            world.ups(AssetId.parse("mill/ups")).cut();
            says("mains are cut");
            Until.holds(this::isToldToShutDown, SOON, this::told);
            machine.pressPowerButton();
            Until.holds(() -> !machine.isOn(), SOON, this::told);
            assertThat(world.isRunning(CONTROL))
                    .as("its node waits for it: " + told())
                    .isTrue();
            says("the guest powered off");
            Until.holds(() -> OwnHostGoesDownTest.allOff(world), SOON, this::told);
            OwnHostGoesDownTest.wentDownInOrder(world.events(), 1);
            says("every host is off, in order");

            OwnHostGoesDownTest.chargedAgain(world);
            Until.holds(() -> world.isRunning(CONTROL), SOON, this::told);
            machine.on();
            Until.holds(this::answers, SOON, this::told);
            says("the service answers again");
            Until.holds(() -> closed().size() == 2, SOON, this::told);
            assertThat(OwnHostGoesDownTest.allUp(world)).as(this::told).isTrue();
            assertThat(closed()).allSatisfy(run -> assertThat(run.path("result").asText())
                    .as(this::told)
                    .isEqualTo("complete"));
            assertThat(closed().toString()).isNotEmpty();
            String down = client.get("runs/" + closed().path(1).path("run").asText())
                    .json()
                    .toString();
            assertThat(down).contains("our own machine was off: boot id");
            says("all is up, and both receipts are complete");
        }
    }

    /** Its node has begun to shut it down, by the node's own power-off. */
    private boolean isToldToShutDown() {
        return world.events().stream()
                .anyMatch(event -> event.host().equals("mill/wheel")
                        && event.verb().equals("shutdown")
                        && event.id().equals("100")
                        && event.what().equals("begin"));
    }

    private boolean answers() {
        assertThat(machine.isOn()).as(this::told).isTrue();
        try {
            return client.get("sites").well();
        } catch (ServiceClient.NoService notYet) {
            return false;
        }
    }

    private JsonNode site() {
        return client.get("sites").json();
    }

    private JsonNode closed() {
        return client.get("runs").json().path("closed");
    }

    private void says(String what) {
        System.out.println(what);
    }

    private String told() {
        String log = machine.console();
        return log.substring(Math.max(0, log.length() - 8000)) + "\n"
                + world.events().stream().map(LabEvent::line).collect(Collectors.joining("\n"));
    }
}
