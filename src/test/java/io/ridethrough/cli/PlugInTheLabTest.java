package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An outage of a site of the lab whose second node is fed by a smart plug, with the whole product. */
@Timeout(240)
class PlugInTheLabTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final SiteId ATTIC = new SiteId("attic");
    private static final AssetId NODE = AssetId.parse("attic/pve2");
    private static final AssetId PLUG = AssetId.parse("attic/plug");
    private static final AssetId UPS = AssetId.parse("attic/ups1");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWithService lab;

    @BeforeEach
    void declare() throws IOException {
        String packet = "      - wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255}";
        Path contracts = QuickAttic.in(folder.resolve("contracts"))
                .replace(
                        "sites/attic/network.yaml",
                        "    ports: [1883]",
                        "    ports: [1883]\n  - {id: plug, role: plug}")
                .replace(
                        "sites/attic/power.yaml",
                        packet,
                        packet + "\n      - plug: {device: plug, broker: \"tcp://192.0.2.5:1883\", kind: shelly-2,"
                                + " topic: attic/plug, force: permitted}")
                .path();
        lab = new LabWithService(folder, contracts, 20);
    }

    @Test
    void itWakesTheNodeThatNoMagicPacketWakesAndIsSeenInReadyAndInHealth() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            Until.holds(() -> ways(service).contains("yes attic/plug MQTT"), SOON, () -> ways(service)
                    .toString());
            service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
            Until.holds(
                    () -> service.power.unready(ATTIC).isEmpty(),
                    SOON,
                    () -> "the power of the site is known and good");
            world.ups(UPS).cut();
            Until.holds(() -> closed(service) == 1, SOON, () -> told(world, service));

            world.switchPlug(PLUG, false);
            world.ups(UPS).restore();
            Until.holds(() -> closed(service) == 2, SOON, () -> told(world, service));

            assertThat(world.power(NODE)).as(() -> told(world, service)).isEqualTo(LabHost.State.UP);
            assertThat(world.events().stream()
                            .filter(event -> event.command().equals("plug")
                                    || (event.host().equals(NODE.toString())
                                            && List.of("wake", "mains").contains(event.command())))
                            .map(event -> event.command() + " " + event.what())
                            .distinct())
                    .as(() -> told(world, service))
                    .containsExactly("wake refused", "plug call", "mains call");
            assertThat(step(service, "startup", NODE)).startsWith("Done");
            assertThat(service.client().get("health").json().toString()).contains("attic/plug");
            assertThat(world.violations()).isEmpty();
        }
    }

    private static List<String> ways(Service service) {
        JsonNode ready = service.client()
                .post("sites/attic/ready", JsonNodeFactory.instance.objectNode())
                .json();
        return StreamSupport.stream(ready.path("ways").spliterator(), false)
                .map(way -> (way.path("ready").asBoolean() ? "yes " : "no ")
                        + way.path("target").asText() + " " + way.path("way").asText())
                .toList();
    }

    private static int closed(Service service) {
        return service.client().get("runs").json().path("closed").size();
    }

    private static String step(Service service, String phase, AssetId asset) {
        JsonNode receipt = new ClosedRuns(service.client(), () -> "").receipt("attic", phase);
        return StreamSupport.stream(receipt.path("steps").spliterator(), false)
                .filter(step -> step.path("step").asText().equals(phase + ":" + asset))
                .map(step -> step.path("outcome").asText() + ": "
                        + step.path("evidence").asText())
                .findFirst()
                .orElse("no " + asset);
    }

    private static String told(LabWorld world, Service service) {
        return service.client().get("runs").json().toPrettyString() + "\n"
                + String.join("\n", world.events().stream().map(LabEvent::line).toList());
    }
}
