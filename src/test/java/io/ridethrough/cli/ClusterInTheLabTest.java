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
import java.util.Optional;
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
        lab = new LabWithService(folder, declared("9.1.4"), 20);
    }

    private Path declared(String version) throws IOException {
        return ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder.resolve("contracts-" + version))
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
                .replace("sites/attic/nodes.yaml", "version: 9.1.4", "version: " + version)
                .replace("sites/attic/nodes.yaml", "version: 9.1.4", "version: " + version)
                .path();
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
            LetThrough.everyLine(lab.declared(), world);
        }
    }

    /** R40 below 9.1. What a person had asked for is asked for again, by a process that did not see it itself. */
    @Test
    void below91AnOutageTakesTheClusterDownByTheRecordedSequenceAndAnotherProcessPutsEachStateBack() throws Exception {
        lab = new LabWithService(folder, declared("8.4.1"), 20);
        try (LabWorld world = lab.world()) {
            askFor(world);
            List<String> down;
            try (Service service = lab.service(world)) {
                service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
                Until.holds(() -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "power is known and good");

                world.ups(AssetId.parse("attic/ups1")).cut();
                Until.holds(() -> is(world, LabHost.State.OFF), SOON, () -> told(world));
                down = said(world);
                assertThat(down.subList(0, down.indexOf("qm shutdown 102 begin")))
                        .as(told(world))
                        .containsSubsequence(SEQUENCE);
                assertThat(down).as("left alone").noneMatch(line -> line.contains("ct:101"));
            }
            try (Service service = lab.service(world)) {
                world.ups(AssetId.parse("attic/ups1")).restore();
                Until.holds(() -> isAskedForAsBefore(world), SOON, () -> told(world));

                List<String> log = said(world);
                assertThat(log.subList(down.size(), log.size()))
                        .as(told(world))
                        .containsSubsequence(
                                "boot boot - end",
                                "boot boot - end",
                                "qm start 102 end",
                                "ha-manager set vm:102=started call",
                                "ha-manager set vm:104=stopped call");
                assertThat(service.standing.armed()).contains(ATTIC);
                assertThat(world.isRunning(CAMERAS)).isFalse();
                assertThat(world.violations()).isEmpty();
            }
        }
    }

    /** The same, planned, with a process that is killed with the record on disk and once more when all is down. */
    @Test
    void below91PlannedWorkThatIsKilledBetweenPutsEachStateBack() throws Exception {
        try (KilledStory story = new KilledStory(ChildJvm.JAVA, folder, declared("8.4.1"), 20)) {
            askFor(story.world());

            story.diesAt(Boundary.parse("ha-kept:1:after"));
            assertThat(said(story.world())).noneMatch(line -> line.startsWith("ha-manager"));
            story.diesAt(Boundary.parse("run-closed:1:after"));
            assertThat(is(story.world(), LabHost.State.OFF)).isTrue();
            story.endsWell();

            List<String> log = said(story.world());
            assertThat(log.subList(0, log.indexOf("qm shutdown 102 begin"))).containsSubsequence(SEQUENCE);
            Until.holds(() -> isAskedForAsBefore(story.world()), SOON, () -> told(story.world()));
            assertThat(story.world().isRunning(CAMERAS)).isFalse();
            assertThat(story.world().violations()).isEmpty();
        }
    }

    private static final String[] SEQUENCE = {
        "ha-manager set vm:102=ignored call",
        "ha-manager set vm:104=ignored call",
        "systemctl stop pve-ha-lrm call",
        "systemctl stop pve-ha-lrm call",
        "systemctl stop pve-ha-crm call",
        "systemctl stop pve-ha-crm call"
    };

    private static final AssetId CAMERAS = AssetId.parse("attic/cameras");

    /** One is to run, one is to stand still, one is left alone for good. */
    private static void askFor(LabWorld world) {
        world.lookAfter(AssetId.parse("attic/web"), "started");
        world.lookAfter(CAMERAS, "stopped");
        world.lookAfter(AssetId.parse("attic/dns"), "ignored");
        Until.holds(() -> !world.isRunning(CAMERAS), SOON, () -> told(world));
    }

    private static boolean isAskedForAsBefore(LabWorld world) {
        return world.askedFor(AssetId.parse("attic/web")).equals(Optional.of("started"))
                && world.askedFor(CAMERAS).equals(Optional.of("stopped"))
                && world.askedFor(AssetId.parse("attic/dns")).equals(Optional.of("ignored"));
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
