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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stack that planned work stopped is brought up again, by compose over SSH at the lab's host (protocols 9). */
@Timeout(240)
final class StacksInTheLabTest {
    private static final AssetId WIKI = AssetId.parse("attic/wiki");
    /** What it runs on. */
    private static final AssetId WEB = AssetId.parse("attic/web");

    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWithService lab;

    @BeforeEach
    void declare() throws IOException {
        Path contracts = QuickAttic.in(folder.resolve("contracts"))
                .replace(
                        "sites/attic/stacks.yaml",
                        "    start-takes: 20s\n",
                        "    start-takes: 20s\n    stop-by: compose-stop\n")
                .path();
        lab = new LabWithService(folder, contracts, 10);
    }

    /** By an old compose, which prints one array, and which ends with 1 as soon as the one-shot has ended well. */
    @Test
    void comesUpOnceWhatAHardStopLeftIsTakenAwayThoughAOneShotEndsTheWaiting() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            known(service);
            run(service, WIKI, "shutdown");
            world.amiss(WIKI, Condition.LEFT_OVERS, true);
            world.amiss(WIKI, Condition.ONE_SHOT, true);
            world.amiss(WIKI, Condition.OLD_COMPOSE, true);
            JsonNode receipt = run(service, WIKI, "startup");

            assertThat(outcome(receipt))
                    .as(() -> told(world))
                    .isEqualTo("Done app running healthy, db running, init exited(0)");
            assertThat(world.isUp(WIKI)).isTrue();
            assertThat(composed(world))
                    .as(() -> told(world))
                    .containsExactly("stop begin", "stop end", "rm begin", "rm end", "up begin", "up end");
            assertThat(world.violations()).isEmpty();
            LetThrough.everyLine(lab.declared(), world);
        }
    }

    /** Whenever it is looked at, its application either waits or has only just started. */
    @Test
    void isNotUpWhileItsApplicationEndsAgainAndAgain() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            known(service);
            run(service, WIKI, "shutdown");
            world.amiss(WIKI, Condition.RESTART_LOOP, true);
            JsonNode receipt = run(service, WIKI, "startup");

            assertThat(outcome(receipt))
                    .as(() -> told(world))
                    .startsWith("Failed ")
                    .containsAnyOf("not well: app restarting", "only just started: app running");
        }
    }

    /** Its guest was only seen to have been started: SSH refuses until it has booted. */
    @Test
    void isWaitedForWhileWhatItRunsOnBoots() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            known(service);
            run(service, WEB, "shutdown");
            JsonNode receipt = run(service, WEB, "startup");

            assertThat(outcome(receipt)).as(() -> told(world)).startsWith("Done ");
        }
    }

    private static void known(Service service) {
        Until.holds(() -> service.power.unready(new SiteId("attic")).isEmpty(), SOON, () -> "power is known and good");
    }

    private static JsonNode run(Service service, AssetId scope, String mode) throws Exception {
        ObjectNode request = new ObjectMapper()
                .createObjectNode()
                .put("scope", scope.toString())
                .put("mode", mode)
                .put("execute", true)
                .put("confirm", scope.toString());
        ServiceClient.Answer answer = service.client().post("runs", request);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        String run = answer.json().path("run").asText();
        service.runs.closing(run).orElseThrow().toCompletableFuture().get(200, TimeUnit.SECONDS);
        return service.client().get("runs/" + run).json();
    }

    private static String outcome(JsonNode receipt) {
        return StreamSupport.stream(receipt.path("steps").spliterator(), false)
                .filter(step -> step.path("step").asText().equals("startup:attic/wiki"))
                .map(step -> step.path("outcome").asText() + " "
                        + step.path("evidence").asText())
                .findFirst()
                .orElseGet(receipt::toPrettyString);
    }

    /** Every command to compose that changes anything, as its host noted it. */
    private static List<String> composed(LabWorld world) {
        return world.events().stream()
                .filter(event -> event.command().equals("compose")
                        && !event.verb().equals("ps")
                        && !event.verb().equals("config"))
                .map(event -> event.verb() + " " + event.what())
                .toList();
    }

    private static String told(LabWorld world) {
        return world.events().stream().map(LabEvent::line).collect(Collectors.joining("\n"));
    }
}
