package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.AssetId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Condition;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.realparts.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to every target is tried on its own, over the lab's real sockets; nothing is changed by it. */
class ReadyInTheLabTest {
    private static final AssetId FIRST = AssetId.parse("attic/pve1");
    /** The last way of what is declared before it is the NAS's. */
    private static final String FIRST_WAYS = "  - asset: pve1\n    ways:\n";

    private static final String BY_MAINS = "      - unaided: {by: mains, assumed: the firmware is set to it}\n";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWithService lab;

    @BeforeEach
    void declare() throws IOException {
        Path contracts = ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder.resolve("contracts"))
                .replace(
                        "sites/attic/nodes.yaml",
                        "    ssh: {host: 192.0.2.11}",
                        "    ssh: {host: 192.0.2.11}\n    api: {}")
                .replace(
                        "sites/attic/nodes.yaml",
                        "    ssh: {host: 192.0.2.12, user: ops}",
                        "    ssh: {host: 192.0.2.12, user: ops}\n    api: {}")
                .replace(
                        "sites/attic/power.yaml",
                        "wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255}",
                        "wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255, from: pve1}\n"
                                + "      - management: {controller: broker}")
                .replace("sites/attic/site.yaml", "runs-on: outside", "runs-on: dns")
                .replace("sites/attic/power.yaml", FIRST_WAYS, BY_MAINS + FIRST_WAYS + BY_MAINS)
                .path();
        var unused = ChangedFolder.of(Path.of("contracts/standard"), contracts.resolve("standard"));
        lab = new LabWithService(folder, contracts, 20);
    }

    @Test
    void namesTheWayThatFailsThoughTheOtherOneWouldHaveHiddenIt() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            Until.holds(() -> ready(service).path("ready").asBoolean(), Duration.ofSeconds(30), () -> ready(service)
                    .toPrettyString());
            assertThat(ways(ready(service)))
                    .contains("yes attic/pve1 API", "yes attic/pve1 SSH", "yes attic/pve2 API", "yes attic/pve2 SSH")
                    .contains("yes attic/pve2 SSH for rare commands", "yes attic/nas SSH for rare commands")
                    .contains("yes attic/pve1 wakeonlan", "yes attic/broker Redfish")
                    .as("root needs no sudo")
                    .doesNotContain("yes attic/pve1 SSH for remedies");

            world.fault(FIRST, new Fault.Interface(How.NO_RIGHTS));
            JsonNode lacking = ready(service);
            assertThat(lacking.path("word").asText()).isEqualTo("NOT READY");
            assertThat(lacking.path("why").asText())
                    .contains(
                            "attic/pve1 by API: its token lacks Sys.Audit on /; VM.Audit on /vms; VM.PowerMgmt on /vms/")
                    .contains("Sys.PowerMgmt on /nodes/");
            assertThat(ways(lacking)).contains("no attic/pve1 API", "yes attic/pve1 SSH", "yes attic/pve2 API");

            world.amiss(FIRST, Condition.NO_WAKEONLAN, true);
            assertThat(ways(ready(service))).contains("no attic/pve1 wakeonlan");
            world.amiss(FIRST, Condition.NO_WAKEONLAN, false);

            world.fault(FIRST, new Fault.Interface(How.GONE));
            assertThat(ways(ready(service))).contains("no attic/pve1 API", "yes attic/pve1 SSH");

            world.heal(FIRST);
            Until.holds(() -> ready(service).path("ready").asBoolean(), Duration.ofSeconds(30), () -> ready(service)
                    .toPrettyString());
            LetThrough.everyLine(lab.declared(), world);
            assertThat(world.takenDown()).isEmpty();
            assertThat(world.events()).noneMatch(event -> List.of("shutdown", "stop", "start", "poweroff")
                    .contains(event.verb()));
        }
    }

    /** What is remembered of it serves an outage, but does not outlive the process. */
    @Test
    void namesASecretThatIsNotKeptAnyMore() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            Until.holds(() -> ready(service).path("ready").asBoolean(), Duration.ofSeconds(30), () -> ready(service)
                    .toPrettyString());
            String name = lab.declared().sites().values().stream()
                    .flatMap(site -> site.nodes().stream())
                    .filter(node -> node.id().equals(FIRST))
                    .map(node -> node.ssh().identity())
                    .findFirst()
                    .orElseThrow();
            Path kept = Objects.requireNonNull(world.wiring().identities().get(name));
            Path away = Files.move(kept, folder.resolve("away"));

            JsonNode without = ready(service);
            assertThat(ways(without)).contains("yes attic/pve1 SSH", "no attic/pve1 secret " + name);
            assertThat(without.path("word").asText()).isEqualTo("NOT READY");

            Files.move(away, kept);
            assertThat(ways(ready(service))).noneMatch(way -> way.contains("secret"));
        }
    }

    /** Point 8: certificates of every kind of server, what is pinned for them, and the key of the way in. */
    @Test
    void namesWhatEndsWithinThirtyDays() throws Exception {
        String pinned = "{fingerprint: \"" + "00".repeat(32) + "\"}";
        var unused = new ChangedFolder(folder.resolve("contracts"))
                .replace(
                        "sites/attic/power.yaml",
                        "    mqtt:\n      broker: tcp://192.0.2.5:1883",
                        "    nut: {host: 192.0.2.5, name: ups1, tls: " + pinned + "}\n    mqtt:\n      tls: " + pinned
                                + "\n      broker: ssl://192.0.2.5:8883")
                .replace(
                        "sites/attic/site.yaml",
                        "out-of-band:\n  required: false",
                        "out-of-band:\n  required: true\n  asked-on: pve1\n  routers: [router.lab.ts.net]")
                .path();
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            Until.holds(
                    () -> ways(ready(service)).containsAll(List.of("yes attic/ups1 NUT", "yes attic/ups1 MQTT")),
                    Duration.ofSeconds(30),
                    () -> ready(service).toPrettyString());
            assertThat(expiring(ready(service)))
                    .contains(
                            "attic/pve1: the certificate of 192.0.2.11:8006",
                            "attic/pve1: the authority pinned for 192.0.2.11:8006, CN=LAB authority",
                            "attic/ups1: the certificate of the NUT server 192.0.2.5:3493",
                            "attic/ups1: the certificate of the broker ssl://192.0.2.5:8883",
                            "attic/ups1: the authority pinned for the broker ssl://192.0.2.5:8883, CN=LAB authority")
                    .noneMatch(end -> end.contains("tailnet"));

            world.amiss(FIRST, Condition.KEY_ENDS, true);
            assertThat(expiring(ready(service))).contains("attic/pve1: its tailnet key, by which the site is reached");
        }
    }

    @Test
    void isTriedByTheClockAndShownWithTheHealth() throws Exception {
        Settings settings =
                Settings.read(Path.of("application.properties")).with("ridethrough.ready-to-act", "* * * * * ?");
        try (LabWorld world = lab.world();
                Service service = lab.service(world, settings)) {
            Until.holds(
                    () -> service.client()
                            .get("health")
                            .json()
                            .path("ready")
                            .path(0)
                            .path("site")
                            .asText()
                            .equals("attic"),
                    Duration.ofSeconds(30),
                    () -> service.client().get("health").json().toPrettyString());
        }
    }

    private static JsonNode ready(Service service) {
        return service.client()
                .post("sites/attic/ready", JsonNodeFactory.instance.objectNode())
                .json();
    }

    private static List<String> expiring(JsonNode ready) {
        return StreamSupport.stream(ready.path("expiring").spliterator(), false)
                .map(end ->
                        end.path("target").asText() + ": " + end.path("what").asText())
                .toList();
    }

    private static List<String> ways(JsonNode ready) {
        return StreamSupport.stream(ready.path("ways").spliterator(), false)
                .map(way -> (way.path("ready").asBoolean() ? "yes " : "no ")
                        + way.path("target").asText() + " " + way.path("way").asText())
                .toList();
    }
}
