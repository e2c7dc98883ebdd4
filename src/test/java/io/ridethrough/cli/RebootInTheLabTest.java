package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Condition;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.realparts.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mode reboot, asked for over HTTP, by the whole service at the lab's hosts: judged by what the hosts noted. */
@Timeout(240)
final class RebootInTheLabTest {
    private static final SiteId ATTIC = new SiteId("attic");
    private static final AssetId FIRST = AssetId.parse("attic/pve1");
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void updatesAndRebootsANodeOnceProvenByItsBootAndGivesItsGuestsBack() throws Exception {
        Path contracts = ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder.resolve("contracts"))
                .replace(
                        "policy.yaml",
                        "windows:",
                        "reboot:\n  between: {run: [apt-get, -y, dist-upgrade], check: [apt-get, -s, -qq, dist-upgrade]}"
                                + "\nwindows:")
                .path();
        LabWithService lab = new LabWithService(folder, contracts, 20);
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            Until.holds(() -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "power is known and good");
            world.amiss(FIRST, Condition.UPDATES_PENDING, true);
            ObjectNode request = new ObjectMapper()
                    .createObjectNode()
                    .put("scope", FIRST.toString())
                    .put("mode", "reboot")
                    .put("execute", true)
                    .put("confirm", FIRST.toString());
            ServiceClient.Answer answer = service.client().post("runs", request);
            assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
            String run = answer.json().path("run").asText();
            service.runs.closing(run).orElseThrow().toCompletableFuture().get(200, TimeUnit.SECONDS);

            List<String> log = world.events().stream()
                    .filter(event -> event.host().equals(FIRST.toString()))
                    .map(event -> String.join(" ", event.command(), event.verb(), event.what()))
                    .toList();
            String told = String.join(
                    "\n", world.events().stream().map(LabEvent::line).toList());
            assertThat(log)
                    .as(told)
                    .containsSubsequence(
                            "qm shutdown end",
                            "apt-get -y call",
                            "systemctl reboot call",
                            "poweroff poweroff end",
                            "reboot boot call",
                            "boot boot end");
            assertThat(log.stream().filter("systemctl reboot call"::equals)).hasSize(1);
            assertThat(world.violations()).as(told).isEmpty();
            for (String guest : List.of("dns", "web", "media", "cameras")) {
                assertThat(world.isRunning(AssetId.parse("attic/" + guest)))
                        .as(guest)
                        .isTrue();
            }
            JsonNode receipt = service.client().get("runs/" + run).json();
            assertThat(outcome(receipt, "reboot:attic/pve1:between")).startsWith("Done ");
            assertThat(outcome(receipt, "reboot:attic/pve1"))
                    .startsWith("Done boot id ")
                    .contains(", and before that boot id ");
        }
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
