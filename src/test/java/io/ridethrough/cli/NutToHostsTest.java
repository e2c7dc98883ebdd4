package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.cli.ServedProduct.Said;
import io.ridethrough.realparts.Moment;
import io.ridethrough.realparts.NutServer;
import io.ridethrough.realparts.NutToMqtt;
import io.ridethrough.realparts.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job with nothing of ours on the other side: NUT's own UPS daemon, a shell loop into a real broker, hosts
 * behind real sshd's; the product is {@code serve} in a process of its own, in real time.
 */
@Timeout(180)
class NutToHostsTest {
    private static final Duration SOON = Duration.ofSeconds(45);

    @TempDir
    static Path folder;

    private static Harbour harbour;
    private static NutServer nut;
    private static ServedProduct product;

    /** What runs, newest first: a start that fails half-way leaves nothing behind either. */
    private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();

    @BeforeAll
    static void start() throws IOException {
        harbour = running(new Harbour(folder.resolve("hosts")));
        nut = running(NutServer.start(Files.createDirectories(folder.resolve("nut")), "harbour", "barn"));
        running(new NutToMqtt(folder, nut, harbour.broker.port(), "harbour", "barn"));
        Path home = Files.createDirectories(folder.resolve("home"));
        harbour.introduceTo(home);
        Path contracts = Files.createDirectories(folder.resolve("contracts"));
        harbour.sites.harbour(contracts, "outage-hold: 20s, return-hold: 21s, single-witness-delay: 1s", "every 2s");
        harbour.sites.barn(contracts);
        product = running(new ServedProduct(folder, home, contracts));
    }

    private static <T extends AutoCloseable> T running(T part) {
        RUNNING.push(part);
        return part;
    }

    @AfterAll
    static void stop() throws Exception {
        while (!RUNNING.isEmpty()) {
            RUNNING.pop().close();
        }
    }

    @Test
    void anOutageThatTurnsCriticalTakesTheSiteDownInOrderAndItsEndBringsItBackVerified() throws Exception {
        List<Moment> barn = harbour.log("loft", "crib");
        ServedProduct.Said armed = product.ridethrough("arm", "harbour", "--waive-rehearsal", "a test");
        assertThat(armed.code()).as(armed.out()).isZero();
        assertThat(armed.out()).contains("What it does from now on:\nif power failed at harbour now\n");
        Until.holds(() -> power().contains("no outage"), SOON, NutToHostsTest::power);

        nut.says("harbour", "OB DISCHRG", 95);
        Until.holds(() -> power().contains("on battery, waiting whether it lasts"), SOON, NutToHostsTest::power);
        assertThat(harbour.commands("pier")).isEmpty();
        nut.set("harbour", "OB DISCHRG LB");
        JsonNode down = receipt("harbour", "shutdown");
        assertThat(down.path("reason").asText()).startsWith("critical after ");
        assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("complete");
        wentDownInOrder();

        nut.says("harbour", "OL CHRG", 90);
        JsonNode up = receipt("harbour", "startup");
        assertThat(up.path("result").asText()).as(up.toPrettyString()).isEqualTo("complete");
        cameUpInOrder();
        assertThat(harbour.log("loft", "crib")).as("the other site").isEqualTo(barn);
    }

    private static void wentDownInOrder() {
        harbour.happenedInOrder(
                "pier: qm shutdown 103",
                "pier: down 103",
                "pier: qm shutdown 102",
                "pier: down 102",
                "pier: pct shutdown 101",
                "pier: down 101",
                "pier: systemctl poweroff",
                "pier: off",
                "silo: poweroff");
        harbour.happenedInOrder(
                "crane: pct shutdown 202",
                "crane: down 202",
                "crane: qm shutdown 201",
                "crane: down 201",
                "crane: systemctl poweroff",
                "crane: off",
                "silo: poweroff",
                "silo: off");
        harbour.happenedInOrder("crane: down 201", "pier: qm shutdown 102");
        for (String node : List.of("pier", "crane")) {
            assertThat(Duration.ofNanos(harbour.once("silo", "poweroff") - harbour.once(node, "off")))
                    .as("quiet time that proves %s off before what it mounts goes", node)
                    .isGreaterThan(Duration.ofMillis(400));
        }
        assertThat(harbour.commands("pier")).hasSize(4);
        assertThat(harbour.commands("crane")).hasSize(3);
        assertThat(harbour.commands("silo")).containsExactly("poweroff");
        assertThat(harbour.log()).noneMatch(moment -> moment.what().startsWith("lost"));
    }

    private static void cameUpInOrder() {
        harbour.happenedInOrder("silo: off", "silo: on", "pier: on", "pier: pct start 101");
        harbour.happenedInOrder("silo: on", "crane: on", "crane: qm start 201");
        harbour.happenedInOrder(
                "pier: pct start 101",
                "pier: up 101",
                "pier: qm start 102",
                "pier: up 102",
                "pier: qm start 103",
                "pier: up 103",
                "pier: systemctl is-active pve-cluster");
        harbour.happenedInOrder(
                "pier: up 102",
                "crane: qm start 201",
                "crane: up 201",
                "crane: pct start 202",
                "crane: up 202",
                "crane: systemctl is-active player");
        assertThat(harbour.commands("pier")).as("with those of the way down").hasSize(7);
        assertThat(harbour.commands("crane")).hasSize(5);
        assertThat(harbour.host("pier").runs(104))
                .as("what a person had stopped")
                .isFalse();
        assertThat(harbour.log()).as("what is excluded").noneMatch(moment -> moment.what()
                .contains("900"));
    }

    /** The loader, the planner and the routes have never heard of the barn: its folder is all that there is of it. */
    @Test
    void aThirdSiteIsAFolderPlannedRunAndVerified() throws Exception {
        Path three = folder.resolve("three");
        copy(Path.of("contracts"), three);
        harbour.sites.barn(three);
        Said plan = product.ridethrough("plan", "barn", "--power-off", "barn", "--contracts", three.toString());
        assertThat(plan.code()).as(plan.out()).isZero();
        assertThat(plan.out())
                .containsSubsequence("barn/feeder", "barn/scale", "barn/loft", "barn/crib")
                .doesNotContain("harbour");

        Said down = product.ridethrough(
                "run", "barn", "--mode", "shutdown", "--power-off", "barn", "--execute", "--confirm", "barn");
        assertThat(down.code()).as(down.out()).isZero();
        harbour.happenedInOrder(
                "loft: pct shutdown 301",
                "loft: down 301",
                "loft: qm shutdown 302",
                "loft: down 302",
                "loft: systemctl poweroff",
                "loft: off",
                "crib: poweroff",
                "crib: off");

        Said up = product.ridethrough("run", "barn", "--mode", "startup", "--execute", "--confirm", "barn");
        assertThat(up.code()).as(up.out()).isZero();
        harbour.happenedInOrder(
                "crib: off",
                "crib: on",
                "loft: on",
                "loft: qm start 302",
                "loft: up 302",
                "loft: pct start 301",
                "loft: up 301");

        Said verified = product.ridethrough("verify", "barn");
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("verify:barn/feeder:feeding", "verify:barn/crib:hay");
        harbour.happenedInOrder("loft: up 301", "loft: systemctl is-active feeder");
        assertThat(harbour.commands("loft")).hasSize(5);
    }

    private static String power() {
        return product.client().get("sites").json().toString();
    }

    private static JsonNode receipt(String site, String phase) {
        return new ClosedRuns(product.client(), product::log).receipt(site, phase);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
