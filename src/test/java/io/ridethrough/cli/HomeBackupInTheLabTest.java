package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.LabHomeAssistant;
import io.ridethrough.realparts.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup of Home Assistant before planned work shuts it down, by the whole service at the lab's own. */
@Timeout(240)
final class HomeBackupInTheLabTest {
    private static final AssetId WEB = AssetId.parse("attic/web");

    @TempDir
    Path folder;

    @Test
    void aBackupIsProvenBeforeItGoesDownAndWithoutOneItStaysUp() throws Exception {
        Path contracts = ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder.resolve("contracts"))
                .replace(
                        "sites/attic/home-assistant.yaml",
                        "none: no Home Assistant in the attic",
                        "home-assistant:\n  guest: web\n  url: https://192.0.2.20:8123\n"
                                + "  backup-before-shutdown: {limit: 2m}")
                .path();
        LabWithService lab = new LabWithService(folder, contracts, 20);
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            Until.holds(
                    () -> service.power.unready(new SiteId("attic")).isEmpty(),
                    Duration.ofSeconds(90),
                    () -> "power is known and good");
            LabHomeAssistant home = world.home(WEB);
            int before = home.backups();

            home.backupsFailAt("hassio.nas");
            JsonNode denied = shutDown(service);

            assertThat(outcome(denied, "shutdown:attic/web:back-up"))
                    .startsWith("Failed ")
                    .contains("failed at hassio.nas");
            assertThat(outcome(denied, "shutdown:attic/web")).startsWith("Refused need shutdown:attic/web:back-up");
            assertThat(world.isRunning(WEB)).isTrue();
            assertThat(home.backups()).isEqualTo(before + 1);

            home.backupsFailAt("");
            JsonNode done = shutDown(service);

            assertThat(outcome(done, "shutdown:attic/web:back-up"))
                    .startsWith("Done ")
                    .contains("its newest backup is");
            assertThat(outcome(done, "shutdown:attic/web")).startsWith("Done ");
            assertThat(world.isRunning(WEB)).isFalse();
            assertThat(home.backups()).isEqualTo(before + 2);
        }
    }

    private static JsonNode shutDown(Service service) throws Exception {
        ObjectNode request = new ObjectMapper()
                .createObjectNode()
                .put("scope", WEB.toString())
                .put("mode", "shutdown")
                .put("execute", true)
                .put("confirm", WEB.toString());
        ServiceClient.Answer answer = service.client().post("runs", request);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        String run = answer.json().path("run").asText();
        service.runs.closing(run).orElseThrow().toCompletableFuture().get(200, TimeUnit.SECONDS);
        return service.client().get("runs/" + run).json();
    }

    private static String outcome(JsonNode receipt, String step) {
        for (JsonNode one : receipt.path("steps")) {
            if (one.path("step").asText().equals(step)) {
                return one.path("outcome").asText() + " " + one.path("evidence").asText();
            }
        }
        return "no step " + step + " in " + receipt.toPrettyString();
    }
}
