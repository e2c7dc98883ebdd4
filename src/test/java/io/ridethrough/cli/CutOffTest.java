package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R35: a UPS that cuts its load, told by NUT's protocol, in an outage of a site of the lab. */
@Timeout(240)
final class CutOffTest {
    private static final double SPEED = 20;
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final SiteId ATTIC = new SiteId("attic");
    private static final List<AssetId> HOSTS =
            List.of(AssetId.parse("attic/pve1"), AssetId.parse("attic/pve2"), AssetId.parse("attic/nas"));

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWithService lab;

    @BeforeEach
    void declare() throws IOException {
        Path contracts = ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder.resolve("contracts"))
                .replace(
                        "sites/attic/power.yaml",
                        "    mqtt:\n",
                        "    nut:\n      host: 192.0.2.5\n      secret: nut/attic\n      every: 2s\n      tls: {fingerprint: \""
                                + "00".repeat(32) + "\"}\n    cut-off: {delay: 4m}\n    mqtt:\n")
                .path();
        lab = new LabWithService(folder, contracts, SPEED);
    }

    @Test
    void isToldLastOfAllAndGivesItsLoadBackWithTheMains() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            arm(service);
            world.ups(AssetId.parse("attic/ups1")).cut();
            Until.holds(() -> loads(world).contains("off"), SOON, () -> told(world, service));

            List<String> log = world.events().stream().map(LabEvent::line).toList();
            int told = index(log, "shutdown.return");
            assertThat(told).isGreaterThan(lastIndex(log, "poweroff\tpoweroff\t-\tend", "poweroff"));
            assertThat(world.events()).noneMatch(event -> event.verb().equals("shutdown.stop"));
            world.ups(AssetId.parse("attic/ups1")).restore();
            Until.holds(
                    () -> HOSTS.stream().allMatch(host -> world.power(host) == LabHost.State.UP),
                    SOON,
                    () -> told(world, service));

            assertThat(loads(world)).containsExactly("off", "on");
            assertThat(world.violations()).isEmpty();
            assertThat(step(service, "shutdown:attic/ups1"))
                    .as(() -> told(world, service))
                    .startsWith("Done: it cuts its load in ");
        }
    }

    /** What real UPSes tell while they do not count down; read as a countdown, it would never be told. */
    @ParameterizedTest
    @ValueSource(ints = {0, 65_535})
    void isToldWhereItsIdleTimerTellsAnother(int idle) throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            world.ups(AssetId.parse("attic/ups1")).idlesAt(idle);
            arm(service);
            world.ups(AssetId.parse("attic/ups1")).cut();
            Until.holds(() -> loads(world).contains("off"), SOON, () -> told(world, service));

            world.ups(AssetId.parse("attic/ups1")).restore();
            Until.holds(() -> closed(service) >= 1, SOON, () -> told(world, service));
            assertThat(world.events().stream().filter(event -> event.verb().equals("shutdown.return")))
                    .hasSize(1);
            assertThat(step(service, "shutdown:attic/ups1"))
                    .as(() -> told(world, service))
                    .startsWith("Done: it ");
            assertThat(world.violations()).isEmpty();
        }
    }

    /** The NUT server takes the command and is gone before it says so: its timer is looked at, nothing is sent again. */
    @Test
    void isToldOnceWhereItsServerIsGoneOnceItTookTheCommand() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            arm(service);
            world.fault(AssetId.parse("attic/ups1"), new Fault.Interface(Fault.Interface.How.DROPS));
            world.ups(AssetId.parse("attic/ups1")).cut();
            Until.holds(() -> loads(world).contains("off"), SOON, () -> told(world, service));

            assertThat(world.events().stream().filter(event -> event.verb().equals("shutdown.return")))
                    .hasSize(1);
            world.ups(AssetId.parse("attic/ups1")).restore();
            Until.holds(() -> closed(service) >= 1, SOON, () -> told(world, service));
            assertThat(step(service, "shutdown:attic/ups1"))
                    .as(() -> told(world, service))
                    .startsWith("Done: it cuts its load in ");
        }
    }

    @Test
    void keepsItsLoadOnWhenMainsAreBackBeforeItIsTold() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            arm(service);
            world.ups(AssetId.parse("attic/ups1")).cut();
            Until.holds(
                    () -> HOSTS.stream().anyMatch(host -> world.power(host) != LabHost.State.UP),
                    SOON,
                    () -> told(world, service));
            world.ups(AssetId.parse("attic/ups1")).restore();
            Until.holds(
                    () -> HOSTS.stream().allMatch(host -> world.power(host) == LabHost.State.UP)
                            && closed(service) >= 2,
                    SOON,
                    () -> told(world, service));

            assertThat(loads(world)).isEmpty();
            assertThat(world.events()).noneMatch(event -> event.verb().equals("shutdown.return"));
            assertThat(world.violations()).isEmpty();
        }
    }

    private static void arm(Service service) {
        service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
        Until.holds(
                () -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "the power of the site is known and good");
    }

    private static List<String> loads(LabWorld world) {
        return world.events().stream()
                .filter(event -> event.verb().equals("load"))
                .map(LabEvent::id)
                .toList();
    }

    private static int index(List<String> log, String word) {
        return lastIndex(log, word, word);
    }

    private static int lastIndex(List<String> log, String words, String word) {
        int last = -1;
        for (int i = 0; i < log.size(); i++) {
            last = log.get(i).contains(words) || log.get(i).contains(word) ? i : last;
        }
        assertThat(last).as(word + " in " + log).isNotNegative();
        return last;
    }

    private static long closed(Service service) {
        return service.client().get("runs").json().path("closed").size();
    }

    private static String step(Service service, String id) {
        JsonNode receipt = new ClosedRuns(service.client(), () -> "").receipt("attic", "shutdown");
        return StreamSupport.stream(receipt.path("steps").spliterator(), false)
                .filter(step -> step.path("step").asText().equals(id))
                .map(step -> step.path("outcome").asText() + ": "
                        + step.path("evidence").asText())
                .findFirst()
                .orElse("no " + id);
    }

    private static String told(LabWorld world, Service service) {
        JsonNode runs = service.client().get("runs").json();
        return runs.toPrettyString() + "\n"
                + String.join("\n", world.events().stream().map(LabEvent::line).toList());
    }
}
