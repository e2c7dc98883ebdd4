package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.lab.AgentJar;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, end to end and over its own death, on a simulated site made of the shipped contracts: what the lab command plays. */
class LabStoryTest {
    private static final double SPEED = 20;

    @TempDir
    Path folder;

    @Test
    void takesASiteDownThoughItIsKilledForcesAHungGuestAndBringsItBackVerified() throws Exception {
        Contracts contracts = new ContractFolder(Path.of("contracts")).contracts();
        Site stage = contracts.sites().values().stream()
                .filter(site -> !site.nases().isEmpty())
                .findFirst()
                .orElseThrow();
        List<String> product = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                AgentJar.in(folder, Ridethrough.class.getName()).toString());
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (LabWorld world = LabWorld.start(contracts, new LabOptions(SPEED, folder.resolve("world")));
                LabService service = new LabService(
                        product,
                        folder,
                        Settings.read(Path.of("application.properties")),
                        Path.of("contracts"),
                        world,
                        SPEED)) {
            PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
            int exit = new LabStory(Screen.on(out, "LAB", Terminal.plain()), stage, world, service).play();

            JsonNode receipts = service.client().get("runs").json().path("closed");
            assertThat(exit).as(shown.toString(StandardCharsets.UTF_8)).isEqualTo(Exit.WELL);
            assertThat(receipts).hasSize(2);
            assertThat(world.violations()).isEmpty();
            LetThrough.everyLine(contracts, world);
            assertThat(service.refusedByGuard()).isEmpty();
            assertThat(shown.toString(StandardCharsets.UTF_8))
                    .containsPattern("kill -9 [0-9]+: the service is dead in mid-shutdown")
                    .containsPattern("killed with -9 at [0-9:]{8}, back in [0-9.]+ s, 0 of [0-9]+ commands sent twice")
                    .containsPattern("parity   before .*" + stage.id() + " [0-9]+ %.* of the standard hold")
                    .containsPattern(
                            "receipts all [0-9]+ are as they were written, [0-9]+ signed, kept elsewhere up to")
                    .containsPattern("tampered one byte of a copy altered: caught, receipt 1 was altered")
                    .doesNotContain("not killed");
            assertThat(Files.readString(folder.resolve("service.log"))).contains("LAB: guard armed");
            JsonNode shutdown = service.client()
                    .get("runs/" + receipts.path(1).path("run").asText())
                    .json();
            List<String> order = new ArrayList<>();
            shutdown.path("steps").forEach(step -> order.add(step.path("asset").asText()));
            assertThat(order).last().isEqualTo(stage.nases().get(0).id().toString());
            assertThat(shutdown.path("steps"))
                    .anySatisfy(
                            step -> assertThat(step.path("forced").asBoolean()).isTrue());
        }
    }
}
