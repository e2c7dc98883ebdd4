package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong in an outage, on real hosts and a real broker, with the whole product at twenty times the speed. The
 * hosts' own logs say what was done to them, the receipt says what the product makes of it.
 */
@Timeout(120)
class TroubleOnRealHostsTest {
    private static final double SPEED = 20;

    @TempDir
    static Path folder;

    private static Harbour harbour;
    private static Path contracts;

    private Service service;

    @BeforeAll
    static void build() throws IOException {
        harbour = new Harbour(folder.resolve("hosts"));
        contracts = Files.createDirectories(folder.resolve("contracts"));
        harbour.sites.harbour(contracts, "outage-hold: 10s, return-hold: 20s", "on-change");
    }

    @AfterAll
    static void end() {
        harbour.close();
    }

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
        harbour.asNew();
        harbour.introduceTo(home);
        service = HarbourService.start(home, contracts, SPEED);
        service.standing.ready(new SiteId("harbour"), Standing.Readiness.ARMED, "test");
        harbour.broker.retain("ups/harbour/battery.charge", "90");
        mains();
        AssetId ups = AssetId.parse("harbour/ups");
        Until.holds(
                () -> !service.power.reading(ups).status().tokens().isEmpty(),
                Duration.ofSeconds(20),
                TroubleOnRealHostsTest.this::power);
        mains(); // said to a listener: what a broker had kept is no word of having seen an outage begin (R6)
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aBrokerRestartedInMidRunLosesAndDoublesNothing() {
        harbour.host("pier").gate(103);
        outage();
        Until.holds(() -> harbour.commands("pier").size() == 1);
        harbour.broker.stop();
        harbour.broker.start();
        outage();
        harbour.host("pier").open(103);

        JsonNode down = receipt("shutdown");
        assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("complete");
        mains();
        JsonNode up = receipt("startup");
        assertThat(up.path("result").asText()).as(up.toPrettyString()).isEqualTo("complete");
        harbour.happenedInOrder(
                "pier: qm shutdown 103",
                "pier: down 103",
                "pier: qm shutdown 102",
                "pier: pct shutdown 101",
                "pier: systemctl poweroff",
                "pier: off",
                "silo: poweroff",
                "silo: on",
                "pier: on",
                "pier: pct start 101",
                "pier: qm start 102",
                "pier: qm start 103",
                "pier: up 103");
        assertThat(harbour.commands("pier")).hasSize(7);
        assertThat(harbour.commands("crane")).hasSize(5);
        Until.holds(() -> service.runs.progress().isEmpty());
    }

    @Test
    void aHostWithAnotherKeyIsLeftAloneAndNamedWhileTheOthersGoOn() {
        harbour.host("crane").ssh().changeHostKey();
        long logins = harbour.host("crane").ssh().logins();
        outage();

        JsonNode down = receipt("shutdown");
        assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("incomplete");
        for (String asset : List.of("cameras", "media", "crane")) {
            JsonNode step = step(down, "harbour/" + asset);
            assertThat(step.path("outcome").asText()).as(step.toString()).isEqualTo("Unknown");
            assertThat(step.path("evidence").asText()).contains("key");
            assertThat(Duration.parse(step.path("took").asText()))
                    .as("one look around is enough: nobody mends a key within the battery's time")
                    .isLessThan(Duration.ofSeconds(110));
        }
        assertThat(harbour.host("crane").ssh().logins()).isEqualTo(logins);
        assertThat(harbour.log("crane")).isEmpty();
        harbour.happenedInOrder(
                "pier: qm shutdown 103",
                "pier: qm shutdown 102",
                "pier: pct shutdown 101",
                "pier: off",
                "silo: poweroff",
                "silo: off");
        assertThat(harbour.commands("pier")).hasSize(4);
    }

    @Test
    void aHostThatHangsInMidShutdownIsUnknownAndIsSentNothingTwice() {
        harbour.host("crane").gate(202);
        outage();
        Until.holds(() -> harbour.commands("crane").size() == 1);
        harbour.host("crane").ssh().freeze();

        JsonNode down = receipt("shutdown");
        assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("incomplete");
        for (String asset : List.of("cameras", "media", "crane")) {
            JsonNode step = step(down, "harbour/" + asset);
            assertThat(step.path("outcome").asText()).as(step.toString()).isEqualTo("Unknown");
        }
        harbour.happenedInOrder(
                "pier: qm shutdown 103",
                "pier: qm shutdown 102",
                "pier: pct shutdown 101",
                "pier: off",
                "silo: poweroff",
                "silo: off");
        assertThat(harbour.commands("pier")).hasSize(4);
        assertThat(harbour.commands("crane")).as("what reached it").containsExactly("pct shutdown 202 --timeout 30");
    }

    @Test
    void aGuestThatIgnoresShutdownIsForcedWhereItsContractPermitsAndNowhereElse() {
        harbour.host("pier").ignoresShutdown(103);
        harbour.host("pier").ignoresShutdown(102);
        outage();

        JsonNode down = receipt("shutdown");
        assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("incomplete");
        assertThat(step(down, "harbour/web").path("outcome").asText()).isEqualTo("Done");
        assertThat(step(down, "harbour/web").path("forced").asBoolean()).isTrue();
        assertThat(step(down, "harbour/db").path("outcome").asText()).isEqualTo("Failed");
        assertThat(step(down, "harbour/db").path("evidence").asText()).contains("got timeout");
        assertThat(harbour.commands("pier"))
                .containsExactly(
                        "qm shutdown 103 --timeout 30",
                        "qm stop 103 --overrule-shutdown 1",
                        "qm shutdown 102 --timeout 30",
                        "pct shutdown 101 --timeout 30",
                        "systemctl poweroff --no-block");
        harbour.happenedInOrder("pier: qm stop 103", "pier: qm shutdown 102", "pier: off", "silo: poweroff");
    }

    @Test
    void anOutageAndItsReturnWakeAndStartNothingThatIsHeld() {
        hold("harbour/crane");
        hold("harbour/web");
        outage();
        JsonNode down = receipt("shutdown");
        assertThat(down.path("result").asText()).as(down.toPrettyString()).isEqualTo("complete");
        mains();

        JsonNode up = receipt("startup");
        harbour.happenedInOrder(
                "crane: off", "silo: poweroff", "silo: on", "pier: on", "pier: pct start 101", "pier: qm start 102");
        assertThat(harbour.log("crane")).noneMatch(moment -> moment.what().equals("magic packet"));
        assertThat(harbour.host("crane").ssh().answers()).isFalse();
        assertThat(harbour.commands("pier")).noneMatch(command -> command.startsWith("qm start 103"));
        assertThat(up.toString()).contains("held");
    }

    private void outage() {
        harbour.broker.retain("ups/harbour/ups.status", "OB DISCHRG");
    }

    private void mains() {
        harbour.broker.retain("ups/harbour/ups.status", "OL CHRG");
    }

    private void hold(String asset) {
        assertThat(service.client()
                        .post(
                                "holds",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("asset", asset)
                                        .put("reason", "a person works on it"))
                        .well())
                .isTrue();
    }

    private String power() {
        return service.client().get("sites").json().toString();
    }

    private JsonNode receipt(String phase) {
        return new ClosedRuns(service.client(), () -> harbour.log().toString()).receipt("harbour", phase);
    }

    private static JsonNode step(JsonNode receipt, String asset) {
        for (JsonNode step : receipt.path("steps")) {
            if (step.path("asset").asText().equals(asset)) {
                return step;
            }
        }
        throw new AssertionError("no step of " + asset + " in " + receipt.toPrettyString());
    }
}
