package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** R39: a node of the lab that is woken by the alarm of its own clock, with the whole product or with none. */
@Timeout(300)
final class AlarmClockInTheLabTest {
    private static final double SPEED = 20;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final SiteId ATTIC = new SiteId("attic");
    private static final AssetId NODE = AssetId.parse("attic/pve2");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWithService lab;

    @BeforeEach
    void declare() throws IOException {
        Path contracts = ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder.resolve("contracts"))
                .replace(
                        "sites/attic/power.yaml",
                        "wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255}",
                        "alarm-clock: {after: 12m}")
                .path();
        lab = new LabWithService(folder, contracts, SPEED);
    }

    @Test
    void aNodeBootsByItsAlarmThoughNobodyIsThere() throws Exception {
        try (LabWorld world = lab.world()) {
            try (Service service = lab.service(world)) {
                JsonNode receipt = closed(service, shutDown(world, service));
                assertThat(step(receipt, "shutdown:attic/pve2"))
                        .as(() -> receipt.toPrettyString() + told(world))
                        .startsWith("Done ")
                        .containsPattern("; its clock's alarm rings in [0-9]+ s");
                assertThat(log(world)).containsSubsequence("rtcwake no call", "poweroff poweroff end");
            }

            Until.holds(() -> world.power(NODE) == LabHost.State.UP, SOON, () -> told(world));

            assertThat(log(world)).contains("alarm boot call").doesNotContain("wake boot call");
        }
    }

    @Test
    void anAlarmThatRingsWhileThereIsNoPowerIsLost() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            var unused = shutDown(world, service);
            world.ups(AssetId.parse("attic/ups1")).cut();
            world.ups(AssetId.parse("attic/ups1")).setCharge(0);

            Until.holds(() -> log(world).contains("alarm boot refused"), SOON, () -> told(world));

            world.ups(AssetId.parse("attic/ups1")).restore();
            assertThat(world.power(NODE)).isEqualTo(LabHost.State.OFF);
        }
    }

    @Test
    void inAnOutageNoneIsSet() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
            known(service);
            world.ups(AssetId.parse("attic/ups1")).cut();

            Until.holds(() -> world.power(NODE) == LabHost.State.OFF, SOON, () -> told(world));

            assertThat(log(world)).contains("rtcwake disable call").doesNotContain("rtcwake no call");
        }
    }

    /** The run that takes everything down, once the node is off: its alarm is still to ring. */
    private static String shutDown(LabWorld world, Service service) {
        known(service);
        ObjectNode request = new ObjectMapper()
                .createObjectNode()
                .put("scope", "attic")
                .put("mode", "shutdown")
                .put("execute", true)
                .put("confirm", "attic");
        request.putArray("power-off").add("attic");
        ServiceClient.Answer answer = service.client().post("runs", request);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        String run = answer.json().path("run").asText();
        Until.holds(() -> log(world).contains("poweroff poweroff end"), SOON, () -> told(world));
        return run;
    }

    private static JsonNode closed(Service service, String run) throws Exception {
        CompletionStage<?> closing = service.runs.closing(run).orElse(CompletableFuture.completedFuture(null));
        closing.toCompletableFuture().get(200, TimeUnit.SECONDS);
        return service.client().get("runs/" + run).json();
    }

    private static void known(Service service) {
        Until.holds(() -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "power is known and good");
    }

    private static String step(JsonNode receipt, String id) {
        for (JsonNode step : receipt.path("steps")) {
            if (step.path("step").asText().equals(id)) {
                return step.path("outcome").asText() + " "
                        + step.path("evidence").asText();
            }
        }
        return "no " + id;
    }

    private static List<String> log(LabWorld world) {
        return world.events().stream()
                .filter(event -> event.host().equals(NODE.toString()))
                .map(event -> String.join(" ", event.command(), event.verb(), event.what()))
                .toList();
    }

    private static String told(LabWorld world) {
        return world.events().stream().map(LabEvent::line).collect(Collectors.joining("\n"));
    }
}
