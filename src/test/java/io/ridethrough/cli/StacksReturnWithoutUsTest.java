package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.lab.net.LabUps;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stacks at the return of power while the product is absent. Containers are {@code unless-stopped}: what went down with
 * its host comes back with it, what {@code compose stop} stopped stays so (protocols 9).
 */
@Timeout(300)
final class StacksReturnWithoutUsTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final SiteId ATTIC = new SiteId("attic");
    private static final AssetId WIKI = AssetId.parse("attic/wiki");
    private static final AssetId FORUM = AssetId.parse("attic/forum");
    private static final List<AssetId> HOSTS =
            List.of(AssetId.parse("attic/pve1"), AssetId.parse("attic/pve2"), AssetId.parse("attic/nas"));

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWithService lab;

    /** The wiki is stopped by us in planned work; the forum never is, and takes longer to start. */
    @BeforeEach
    void declare() throws IOException {
        String stacks = "sites/attic/stacks.yaml";
        String mains = "unaided: {by: mains, assumed: the firmware is set to it}";
        String packet = "wake-on-lan: {macs: [\"02:00:5e:10:00:0@\"], broadcast: 192.0.2.255}";
        Path contracts = QuickAttic.in(folder.resolve("contracts"))
                .replace(stacks, "    start-takes: 20s\n", """
                            start-takes: 20s
                            stop-by: compose-stop
                          - {id: forum, title: The forum, path: /srv/forum, runs-on: web, start-takes: 90s}
                        """)
                .replace("sites/attic/guests.yaml", "    vmid: 102\n", "    vmid: 102\n    onboot: true\n")
                .replace("sites/attic/power.yaml", packet.replace("@", "1"), mains)
                .replace("sites/attic/power.yaml", packet.replace("@", "3"), mains)
                .replace(
                        "sites/attic/power.yaml",
                        "      - wake-on-lan:\n",
                        "      - " + mains + "\n      - wake-on-lan:\n")
                .path();
        lab = new LabWithService(folder, contracts, 20);
    }

    @Test
    void allComeBackWithTheirHostsAfterAnOutage() throws Exception {
        try (LabWorld world = lab.world()) {
            try (Service service = lab.service(world)) {
                service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
                known(service);
                ups(world).cut();
                Until.holds(() -> allOff(world) && closed(service) >= 1, SOON, () -> told(world));
            }
            assertThat(world.violations()).as("the battery did not run empty").isEmpty();
            assertThat(world.isUp(WIKI)).isFalse();
            assertThat(world.isUp(FORUM)).isFalse();

            mainsReturn(world);

            Until.holds(() -> world.isUp(WIKI) && world.isUp(FORUM), SOON, () -> told(world));
            assertThat(composed(world)).as("nobody commanded compose").isEmpty();
        }
    }

    /** The negative control: the same return of power, after planned work had stopped the wiki by compose. */
    @Test
    void whatPlannedWorkStoppedByComposeStaysDown() throws Exception {
        try (LabWorld world = lab.world()) {
            try (Service service = lab.service(world)) {
                known(service);
                shutDown(service);
                assertThat(allOff(world)).as(() -> told(world)).isTrue();
            }
            assertThat(composed(world)).containsExactly("stop wiki begin");

            ups(world).cut();
            mainsReturn(world);

            Until.holds(() -> world.isUp(FORUM), SOON, () -> told(world));
            assertThat(world.isUp(WIKI)).as("it needs less time than the forum").isFalse();
        }
    }

    private static void shutDown(Service service) throws Exception {
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
        service.runs.closing(run).orElseThrow().toCompletableFuture().get(200, TimeUnit.SECONDS);
    }

    private static long closed(Service service) {
        return service.client().get("runs").json().path("closed").size();
    }

    private static void known(Service service) {
        Until.holds(() -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "power is known and good");
    }

    /** The battery has run empty meanwhile, so that firmware sees mains return. */
    private static void mainsReturn(LabWorld world) {
        ups(world).setCharge(0);
        ups(world).restore();
        ups(world).setCharge(90);
    }

    private static LabUps ups(LabWorld world) {
        return world.ups(AssetId.parse("attic/ups1"));
    }

    private static boolean allOff(LabWorld world) {
        return HOSTS.stream().allMatch(host -> world.power(host) == LabHost.State.OFF);
    }

    /** Every command to compose that changes anything, as its host noted it. */
    private static List<String> composed(LabWorld world) {
        return world.events().stream()
                .filter(event ->
                        event.command().equals("compose") && event.what().equals("begin"))
                .map(event -> event.verb() + " " + event.id() + " " + event.what())
                .toList();
    }

    private static String told(LabWorld world) {
        return world.events().stream().map(LabEvent::line).collect(Collectors.joining("\n"));
    }
}
