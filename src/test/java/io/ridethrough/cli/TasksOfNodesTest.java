package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What nodes are at, in the whole service: commands whose answers were lost (R19), and backups in the way. */
@Timeout(240)
final class TasksOfNodesTest {
    private static final double SPEED = 20;
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final SiteId ATTIC = new SiteId("attic");
    private static final AssetId FIRST = AssetId.parse("attic/pve1");
    private static final AssetId SECOND = AssetId.parse("attic/pve2");
    private static final String WEB = "102";
    private static final String CAMERAS = "104";

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
                .path();
        lab = new LabWithService(folder, contracts, SPEED);
    }

    @Test
    void lostCommandsAreLookedForByTheApiOrByTheCommandLineAndNothingIsSentTwice() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            world.fault(FIRST, new Fault.Interface(How.DROPS));
            world.fault(SECOND, new Fault.Interface(How.DROPS));
            world.fault(AssetId.parse("attic/web"), new Fault.Slow(2));
            world.fault(AssetId.parse("attic/cameras"), new Fault.Slow(2));

            CompletableFuture<?> closing = shutDown(service);
            Until.holds(() -> begun(world, WEB) == 1, SOON, () -> told(world));
            world.fault(FIRST, new Fault.Interface(How.GONE));
            closing.get(90, TimeUnit.SECONDS);

            assertThat(begun(world, WEB)).as(told(world)).isEqualTo(1);
            assertThat(begun(world, CAMERAS)).as(told(world)).isEqualTo(1);
            assertThat(world.events()).as(told(world)).noneMatch(event -> event.verb()
                    .equals("stop"));
            assertThat(world.events())
                    .as(told(world))
                    .anyMatch(event -> event.host().equals(FIRST.toString())
                            && event.command().equals("pvesh")
                            && event.id().endsWith("/tasks"));
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aBackupIsWaitedForByPlannedWork() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            Until.holds(
                    () -> service.power.unready(ATTIC).isEmpty(),
                    SOON,
                    () -> "the power of the site is known and good");
            world.backUp(AssetId.parse("attic/web"), Duration.ofMinutes(4));
            CompletableFuture<?> closing = shutDown(service);
            Until.holds(
                    () -> service.client().get("runs").json().toString().contains("waits: it is locked (backup)"),
                    SOON,
                    () -> service.client().get("runs").json().toString());
            closing.get(90, TimeUnit.SECONDS);

            List<String> log = said(world);
            assertThat(log).containsSubsequence("vzdump backup 102 end", "qm shutdown 102 begin");
            assertThat(log).doesNotContain("qm shutdown 102 refused", "qm stop 102 begin");
        }
    }

    @Test
    void aBackupIsAbortedInAnEmergencyByPower() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
            Until.holds(
                    () -> service.power.unready(ATTIC).isEmpty(),
                    SOON,
                    () -> "the power of the site is known and good");
            world.backUp(AssetId.parse("attic/web"), Duration.ofHours(9));
            world.backUp(AssetId.parse("attic/cameras"), Duration.ofHours(9));
            world.fault(SECOND, new Fault.Interface(How.GONE));
            world.ups(AssetId.parse("attic/ups1")).cut();
            Until.holds(
                    () -> world.power(FIRST) == LabHost.State.OFF && world.power(SECOND) == LabHost.State.OFF,
                    SOON,
                    () -> told(world));

            List<String> log = said(world);
            assertThat(log)
                    .containsSubsequence("vzdump backup 102 timeout", "qm shutdown 102 begin", "qm shutdown 102 end")
                    .containsSubsequence("vzdump backup 104 timeout", "qm shutdown 104 begin", "qm shutdown 104 end")
                    .doesNotContain("qm shutdown 102 refused", "qm shutdown 104 refused");
            assertThat(world.violations()).isEmpty();
        }
    }

    private static List<String> said(LabWorld world) {
        return world.events().stream()
                .map(event -> String.join(" ", event.command(), event.verb(), event.id(), event.what()))
                .toList();
    }

    private static long begun(LabWorld world, String vmid) {
        return world.events().stream()
                .filter(event -> event.verb().equals("shutdown") && event.id().equals(vmid))
                .filter(event -> !List.of("end", "timeout").contains(event.what()))
                .count();
    }

    private static String told(LabWorld world) {
        return String.join("\n", world.events().stream().map(LabEvent::line).toList());
    }

    private static CompletableFuture<?> shutDown(Service service) {
        Until.holds(
                () -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "the power of the site is known and good");
        ObjectNode request = new ObjectMapper()
                .createObjectNode()
                .put("scope", "attic")
                .put("mode", "shutdown")
                .put("execute", true)
                .put("confirm", "attic");
        ServiceClient.Answer answer = service.client().post("runs", request);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        return service.runs
                .closing(answer.json().path("run").asText())
                .orElseThrow()
                .toCompletableFuture();
    }
}
