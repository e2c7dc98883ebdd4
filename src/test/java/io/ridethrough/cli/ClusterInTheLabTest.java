package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** R40 in the whole service: two nodes that are a cluster whose high availability looks after guests, on real sockets. */
@Timeout(240)
final class ClusterInTheLabTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final SiteId ATTIC = new SiteId("attic");
    private static final AssetId FIRST = AssetId.parse("attic/pve1");
    private static final AssetId SECOND = AssetId.parse("attic/pve2");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWithService lab;

    @BeforeEach
    void declare() throws IOException {
        Path contracts = ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder.resolve("contracts"))
                .replace(
                        "sites/attic/nodes.yaml",
                        "    reached-through: [gateway]",
                        "    reached-through: [gateway]\n    off: 20s\n    boot: 30s\n    cluster: loft")
                .replace("sites/attic/nodes.yaml", "    boot: 180s", "    boot: 30s\n    cluster: loft")
                .replace("sites/attic/power.yaml", "    runtime: 15m", "    runtime: 180m")
                .replace("sites/attic/power.yaml", "outage-hold: 60s", "outage-hold: 20s")
                .replace("sites/attic/power.yaml", "return-hold: 300s", "return-hold: 30s")
                .replace(
                        "sites/attic/nodes.yaml",
                        "    ssh: {host: 192.0.2.11}",
                        "    ssh: {host: 192.0.2.11}\n    api: {}")
                .path();
        lab = new LabWithService(folder, contracts, 20);
    }

    /** The lab notes a violation when a cluster loses its quorum while it is armed. */
    @Test
    void anOutageTakesTheClusterDownDisarmedAndBringsItBackArmed() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            world.lookAfter(AssetId.parse("attic/web"));
            world.lookAfter(AssetId.parse("attic/media"));
            service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
            Until.holds(() -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "power is known and good");

            world.ups(AssetId.parse("attic/ups1")).cut();
            Until.holds(() -> is(world, LabHost.State.OFF), SOON, () -> told(world));
            List<String> down = said(world);
            assertThat(down.subList(0, down.indexOf("qm shutdown 102 begin")))
                    .as(told(world))
                    .contains("ha disarm loft call");
            int firstNode = down.indexOf("poweroff poweroff - begin");
            assertThat(down.subList(0, firstNode))
                    .as(told(world))
                    .contains(
                            "pct shutdown 101 end",
                            "qm shutdown 102 end",
                            "qm shutdown 103 end",
                            "qm shutdown 104 end");

            world.ups(AssetId.parse("attic/ups1")).restore();
            Until.holds(() -> said(world).contains("ha arm loft call"), SOON, () -> told(world));
            List<String> log = said(world);
            assertThat(log.subList(down.size(), log.size()))
                    .as(told(world))
                    .containsSubsequence("boot boot - end", "boot boot - end", "ha arm loft call");
            assertThat(is(world, LabHost.State.UP)).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    private static boolean is(LabWorld world, LabHost.State state) {
        return world.power(FIRST) == state && world.power(SECOND) == state;
    }

    private static List<String> said(LabWorld world) {
        return world.events().stream()
                .map(event -> String.join(" ", event.command(), event.verb(), event.id(), event.what()))
                .toList();
    }

    private static String told(LabWorld world) {
        return String.join("\n", said(world));
    }
}
