package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.Fault.Interface.Surface;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.realparts.SilentPort;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import io.ridethrough.target.Wiring;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole service in the lab, in runs whose targets take an act and are killed before they say so: what came of it is
 * seen by another way, and nothing is sent twice (R19). One story: planned work down and up, then an outage.
 */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KilledInterfacesInTheLabTest {
    private static final double SPEED = 20;
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final SiteId ATTIC = new SiteId("attic");
    private static final AssetId FIRST = AssetId.parse("attic/pve1");
    private static final AssetId SECOND = AssetId.parse("attic/pve2");
    private static final AssetId NAS = AssetId.parse("attic/nas");
    private static final AssetId HOUSE = AssetId.parse("attic/web");
    private static final AssetId CONTROLLER = AssetId.parse("attic/gateway");
    private static final AssetId UPS = AssetId.parse("attic/ups1");
    private static final String SECOND_ADDRESS = "192.0.2.12";
    private static final String NODES = "sites/attic/nodes.yaml";

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private SilentPort nowhere;

    @SuppressWarnings("NullAway.Init")
    private LabWorld world;

    @SuppressWarnings("NullAway.Init")
    private Service service;

    /** What the log held before the part that is played. */
    private int before;

    @BeforeAll
    void start() throws Exception {
        Path contracts = ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder.resolve("contracts"))
                .replace(NODES, "    ssh: {host: 192.0.2.11}", "    ssh: {host: 192.0.2.11}\n    api: {}")
                .replace(NODES, "    wakes-apart: 25s", "    off: 30s\n    boot: 60s\n    wakes-apart: 25s")
                .replace(NODES, "12, user: ops}\n    off: 90s\n    boot: 180s", """
                        12, user: ops}
                            api: {}
                            off: 30s
                            boot: 60s""")
                .replace("sites/attic/storage.yaml", "    ssh: {user: admin}", "    ssh: {user: admin}\n    api: {}")
                .replace("sites/attic/storage.yaml", "    off: 180s", "    off: 30s\n    boot: 60s")
                .replace("sites/attic/network.yaml", "    ports: [1883]", """
                            macs: ["02:00:5e:20:00:01"]
                            ports: [1883]
                        controllers:
                          - {runs-on: gateway, form: unifi-os, classic-secret: classic/attic}""")
                .replace(
                        "sites/attic/power.yaml",
                        "      - wake-on-lan: {macs: [\"02:00:5e:10:00:03\"]",
                        "      - power-cycle: {controller: gateway, switch: broker, port: 2, force: permitted}\n"
                                + "      - wake-on-lan: {macs: [\"02:00:5e:10:00:03\"]")
                .replace(
                        "sites/attic/home-assistant.yaml",
                        "none: no Home Assistant in the attic",
                        "home-assistant:\n  guest: web\n  url: https://192.0.2.20:8123\n"
                                + "  backup-before-shutdown: {limit: 2m}")
                .path();
        nowhere = new SilentPort();
        LabWithService lab = new LabWithService(folder, contracts, SPEED);
        world = lab.world();
        Service.World real = LabClient.world(world.wiring(), "LAB", SPEED);
        Settings settings = Settings.read(Path.of("application.properties"))
                .with("ridethrough.http.port", Integer.toString(FreePort.onLoopback()));
        service = Service.start(settings, Home.at(folder.resolve("home")), lab.declared(), silentWhenOff(real));
        Until.holds(
                () -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "the power of the site is known and good");
    }

    @AfterAll
    void stop() throws Exception {
        service.close();
        world.close();
        nowhere.close();
    }

    /** A machine without power refuses nothing: packets to the second node get no answer while it is off. */
    private Service.World silentWhenOff(Service.World real) {
        Wiring wiring = new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                boolean silent = host.equals(SECOND_ADDRESS)
                        && Set.of(LabHost.State.OFF, LabHost.State.BOOTING).contains(world.power(SECOND));
                return silent ? nowhere.address() : real.wiring().tcp(host, port);
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                return real.wiring().udp(host, port);
            }
        };
        return new Service.World(
                real.name(), real.speed(), wiring, real.secrets(), real.knownHosts(), real.pins(), real.broker());
    }

    @Test
    @Order(1)
    void aBackupAndEveryPowerOffThatWereTakenBeforeTheirInterfaceWasKilledAreSeenAndNotSentAgain() throws Exception {
        world.fault(FIRST, new Fault.Interface(How.DROPS));
        world.fault(SECOND, new Fault.Interface(How.DROPS));
        world.fault(NAS, new Fault.Interface(How.DROPS));
        world.fault(HOUSE, new Fault.Interface(How.DROPS, Surface.REST));

        String run = begin("shutdown");
        Until.holds(() -> acts("ha").size() == 1, SOON, this::told);
        world.fault(HOUSE, new Fault.Interface(How.BROKEN, Surface.REST));
        Until.holds(() -> powerOffs().contains("/api2/json/nodes/attic-one/status"), SOON, this::told);
        world.fault(FIRST, new Fault.Interface(How.GONE));
        Until.holds(() -> !acts("dsm").isEmpty(), SOON, this::told);
        world.fault(NAS, new Fault.Interface(How.GONE));
        JsonNode receipt = end(run);

        assertThat(receipt.path("result").asText()).as(this::told).isEqualTo("complete");
        assertThat(acts("ha")).as(this::told).containsExactly("rest /api/services/backup/create_automatic");
        assertThat(outcome(receipt, "shutdown:attic/web:back-up")).startsWith("Done its newest backup is");
        assertThat(acts("dsm")).as(this::told).containsExactly("SYNO.Core.System shutdown");
        assertThat(powerOffs())
                .as(this::told)
                .containsExactlyInAnyOrder("/api2/json/nodes/attic-one/status", "/api2/json/nodes/pve2/status");
        assertThat(sentTwice()).as(this::told).isEmpty();
        for (AssetId host : List.of(FIRST, SECOND, NAS)) {
            assertThat(world.power(host)).isEqualTo(LabHost.State.OFF);
            assertThat(outcome(receipt, "shutdown:" + host))
                    .as("who did not hear that it was accepted has silence alone (R20)")
                    .startsWith("Done off (inferred)");
        }
        heal();
    }

    @Test
    @Order(2)
    void aCycleOfPoeThatTheIntegrationApiTookBeforeItWasKilledIsSeenByTheNodeThatBootsAndNotSentAgain()
            throws Exception {
        world.fault(CONTROLLER, new Fault.Interface(How.DROPS, Surface.INTEGRATION));

        String run = begin("startup");
        Until.holds(() -> acts("unifi").size() == 1, SOON, this::told);
        world.fault(CONTROLLER, new Fault.Interface(How.BROKEN, Surface.INTEGRATION));
        JsonNode receipt = end(run);

        assertThat(receipt.path("result").asText()).as(this::told).isEqualTo("complete");
        assertThat(acts("unifi")).as(this::told).containsExactly("integration cycle");
        assertThat(outcome(receipt, "startup:attic/pve2")).startsWith("Done on, boot id");
        assertThat(woken(SECOND)).as(this::told).containsExactly("poe call");
        heal();
    }

    /** Its node cannot be reached in an outage: the second way to shut its VM down. */
    @Test
    @Order(3)
    void aHostShutdownThatHomeAssistantTookBeforeItWasKilledIsSeenByItsNodeAndNotSentAgain() {
        service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
        world.fault(FIRST, new Fault.Refuse());
        world.fault(HOUSE, new Fault.Interface(How.DROPS, Surface.REST));
        world.ups(UPS).cut();
        Until.holds(() -> !acts("ha").isEmpty(), SOON, this::told);
        Until.holds(() -> !world.isRunning(HOUSE), SOON, this::told);
        world.heal(FIRST);

        JsonNode receipt = closed(3);

        assertThat(receipt.path("result").asText()).as(this::told).isEqualTo("complete");
        assertThat(acts("ha")).as(this::told).containsExactly("rest /api/services/hassio/host_shutdown");
        assertThat(outcome(receipt, "shutdown:attic/web")).startsWith("Done status: stopped");
        assertThat(sentTwice()).as(this::told).isEmpty();
        heal();
    }

    @Test
    @Order(4)
    void aCycleOfPoeThatIsOnlyPretendedProvesNothingAndTheNextWayIsTried() {
        world.fault(CONTROLLER, new Fault.Interface(How.PRETENDS));
        world.ups(UPS).restore();

        JsonNode receipt = closed(4);

        assertThat(receipt.path("result").asText()).as(this::told).isEqualTo("complete");
        assertThat(acts("unifi")).as(this::told).containsExactly("integration cycle");
        assertThat(outcome(receipt, "startup:attic/pve2")).startsWith("Done on, boot id");
        assertThat(woken(SECOND)).as(this::told).contains("wake call").doesNotContain("poe call", "poe refused");
    }

    private void heal() {
        assertThat(world.violations()).as(this::told).isEmpty();
        Stream.of(FIRST, SECOND, NAS, HOUSE, CONTROLLER).forEach(world::heal);
        before = world.events().size();
    }

    private String begin(String mode) {
        ObjectNode request = new ObjectMapper()
                .createObjectNode()
                .put("scope", "attic")
                .put("mode", mode)
                .put("execute", true)
                .put("confirm", "attic");
        return service.client().post("runs", request).orRefusal().path("run").asText();
    }

    private JsonNode end(String run) throws Exception {
        var closing = service.runs.closing(run);
        if (closing.isPresent()) {
            closing.get().toCompletableFuture().get(90, TimeUnit.SECONDS);
        }
        return service.client().get("runs/" + run).json();
    }

    /** The receipt of the run that is the last of so many. */
    private JsonNode closed(int count) {
        Until.holds(() -> runs().size() == count, SOON, this::told);
        return service.client()
                .get("runs/" + runs().path(0).path("run").asText())
                .json();
    }

    private JsonNode runs() {
        return service.client().get("runs").json().path("closed");
    }

    private Stream<LabEvent> events() {
        return world.events().stream().skip(before);
    }

    /** What an interface was told to do, in its host's own log. */
    private List<String> acts(String command) {
        return events().filter(
                        event -> event.command().equals(command) && event.what().equals("call"))
                .map(LabEvent::id)
                .toList();
    }

    /** The power-offs that nodes took by their API. */
    private List<String> powerOffs() {
        return acts("api").stream()
                .filter(path -> path.matches(".*/nodes/[^/]+/status"))
                .toList();
    }

    /** What was told to go down more than once, whatever way. */
    private Set<String> sentTwice() {
        Set<String> once = new TreeSet<>();
        Set<String> twice = new TreeSet<>();
        events().filter(LabEvent::toldToGoDown)
                .map(event -> String.join(" ", event.host(), event.command(), event.verb(), event.id()))
                .filter(command -> !once.add(command))
                .forEach(twice::add);
        return twice;
    }

    private List<String> woken(AssetId host) {
        return events().filter(event -> event.host().equals(host.toString())
                        && Set.of("poe", "wake").contains(event.command()))
                .map(event -> event.command() + " " + event.what())
                .distinct()
                .toList();
    }

    private static String outcome(JsonNode receipt, String step) {
        for (JsonNode one : receipt.path("steps")) {
            if (one.path("step").asText().equals(step)) {
                return one.path("outcome").asText() + " " + one.path("evidence").asText();
            }
        }
        return "no step " + step + " in " + receipt.toPrettyString();
    }

    private String told() {
        return service.client().get("runs").json().toPrettyString() + "\n"
                + String.join("\n", events().map(LabEvent::line).toList());
    }
}
