package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Fault;
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

/** An outage of a site of the lab whose second node is reached by nothing but its management controller. */
@Timeout(240)
class ManagementInTheLabTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final SiteId ATTIC = new SiteId("attic");
    private static final AssetId NODE = AssetId.parse("attic/pve2");
    private static final AssetId UPS = AssetId.parse("attic/ups1");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWithService lab;

    /** Its guests live on the other node: nobody could take them down. */
    @BeforeEach
    void declare() throws IOException {
        Path contracts = QuickAttic.in(folder.resolve("contracts"))
                .replace("sites/attic/guests.yaml", "    runs-on: pve2\n", "    runs-on: pve1\n")
                .replace("sites/attic/guests.yaml", "    runs-on: pve2\n", "    runs-on: pve1\n")
                .replace(
                        "sites/attic/power.yaml",
                        "wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255}",
                        "management: {controller: broker}")
                .path();
        lab = new LabWithService(folder, contracts, 20);
    }

    @Test
    void itsControllerShutsItDownAndProvesItOffAndWakesIt() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
            Until.holds(
                    () -> service.power.unready(ATTIC).isEmpty(),
                    SOON,
                    () -> "the power of the site is known and good");
            world.fault(NODE, new Fault.Refuse());
            world.ups(UPS).cut();
            Until.holds(() -> closed(service) == 1, SOON, () -> told(world, service));

            assertThat(world.power(NODE)).as(() -> told(world, service)).isEqualTo(LabHost.State.OFF);
            JsonNode down = new ClosedRuns(service.client(), () -> "").receipt("attic", "shutdown");
            assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("complete");
            assertThat(step(down)).startsWith("Done: off").contains("says Off").doesNotContain("inferred");
            assertThat(resets(world)).containsExactly("{\"ResetType\":\"GracefulShutdown\"} call");

            world.heal(NODE);
            world.ups(UPS).restore();
            Until.holds(() -> closed(service) == 2, SOON, () -> told(world, service));

            assertThat(world.power(NODE)).as(() -> told(world, service)).isEqualTo(LabHost.State.UP);
            assertThat(resets(world)).last().isEqualTo("{\"ResetType\":\"On\"} call");
            assertThat(world.violations()).isEmpty();
        }
    }

    private static List<String> resets(LabWorld world) {
        return world.events().stream()
                .filter(event -> event.command().equals("redfish"))
                .map(event -> event.id() + " " + event.what())
                .toList();
    }

    private static int closed(Service service) {
        return service.client().get("runs").json().path("closed").size();
    }

    private static String step(JsonNode receipt) {
        return StreamSupport.stream(receipt.path("steps").spliterator(), false)
                .filter(step -> step.path("step").asText().equals("shutdown:" + NODE))
                .map(step -> step.path("outcome").asText() + ": "
                        + step.path("evidence").asText())
                .findFirst()
                .orElse("no " + NODE);
    }

    private static String told(LabWorld world, Service service) {
        return service.client().get("runs").json().toPrettyString() + "\n"
                + String.join("\n", world.events().stream().map(LabEvent::line).toList());
    }
}
