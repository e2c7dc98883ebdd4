package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, end to end, on a simulated site made of the shipped contracts: what the lab command plays. */
class LabStoryTest {
    private static final double SPEED = 20;

    @TempDir
    Path folder;

    @Test
    void takesASiteDownInOrderForcesAHungGuestAndBringsItBackVerified() throws Exception {
        Contracts contracts = new ContractFolder(Path.of("contracts")).contracts();
        Site stage = contracts.sites().values().stream()
                .filter(site -> !site.nases().isEmpty())
                .findFirst()
                .orElseThrow();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Settings settings = Settings.read(Path.of("application.properties"))
                .with("ridethrough.http.port", Integer.toString(port))
                .with("ridethrough.power.tick", "50");
        try (LabWorld world = LabWorld.start(contracts, new LabOptions(SPEED, folder.resolve("world")));
                Service service = Service.start(
                        settings, Home.at(folder.resolve("state")), contracts, LabClient.world(world, "LAB", SPEED))) {
            int exit = new LabStory(Screen.on(System.out, "LAB", Terminal.plain()), stage, world, service).play();

            JsonNode receipts = service.client().get("runs").json().path("closed");
            assertThat(exit).as(receipts.toPrettyString()).isEqualTo(Exit.WELL);
            assertThat(receipts).hasSize(2);
            assertThat(world.violations()).isEmpty();
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
