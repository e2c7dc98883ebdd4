package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Ups;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Begun;
import io.ridethrough.run.Plans;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planned work waits for power (R10); over a real broker, by HTTP and by the clock. */
class SupplyGateTest {
    private static final String SHUTDOWN =
            "{\"scope\":\"attic\",\"mode\":\"shutdown\",\"execute\":true,\"confirm\":\"attic\"";
    private static final String STARTUP =
            "{\"scope\":\"attic\",\"mode\":\"startup\",\"execute\":true,\"confirm\":\"attic\"}";

    private static final String CONTRACTED = "attic/pve1";

    @TempDir
    Path folder;

    private Mosquitto broker;
    private PowerBench bench;

    @BeforeEach
    void subscribe() {
        broker = new Mosquitto(folder).start();
        bench = new PowerBench(
                folder, Duration.ofMinutes(5), PowerBench.source(broker.address(), Ups.Format.JSON, "ups", Map.of()));
        Until.holds(bench::subscribed);
    }

    @AfterEach
    void stopAll() {
        bench.close();
        broker.close();
    }

    @Test
    void refusesPlannedWorkWhileTheSiteIsOnBattery() {
        says("OB", 90);

        assertThat(bench.post("runs", SHUTDOWN + "}"))
                .startsWith("409")
                .contains("planned work waits for power: attic/ups is not on mains (OB)", Intent.POWER_AS_IT_IS);
        assertThat(bench.post("runs", STARTUP)).startsWith("409");
        assertThat(bySchedule()).isInstanceOfSatisfying(Begun.Denied.class, denied -> assertThat(denied.reason())
                .contains("not on mains")
                .doesNotContain("acknowledge"));
        assertThat(bench.world.commands()).isEmpty();
        assertThat(bench.journal.ofKinds("run-begun")).isEmpty();
    }

    @Test
    void refusesPlannedWorkBeforeTheBatteryIsChargedAndLetsAPersonStart() {
        says("OL CHRG", 7);

        assertThat(bench.post("runs", SHUTDOWN + "}"))
                .startsWith("409")
                .contains("attic/ups is charged to 7 % of 47 % needed for one more shutdown of 500 s");
        assertThat(bySchedule()).isInstanceOf(Begun.Denied.class);
        assertThat(bench.post("runs", STARTUP)).startsWith("202");
    }

    @Test
    void refusesPlannedWorkWhileNothingIsHeardOrTheChargeIsUnknown() {
        assertThat(bench.post("runs", SHUTDOWN + "}")).startsWith("409").contains("nothing was heard of attic/ups yet");

        broker.publish("ups", "{\"ups.status\":\"OL\"}");
        Until.holds(() -> bench.post("runs", SHUTDOWN + "}").contains("the charge of attic/ups is unknown"));
    }

    @Test
    void goesOnWhenAPersonAcceptsThePowerAsItIsAndSaysSo() {
        says("OB", 90);

        assertThat(bench.post("runs", SHUTDOWN + ",\"acknowledgement\":\"" + Intent.POWER_AS_IT_IS + "\"}"))
                .startsWith("202");

        Until.holds(() -> !bench.journal.receipts().isEmpty());
        assertThat(bench.journal.receipts().get(0).path("notes").toString())
                .contains("accepted by http, though attic/ups is not on mains");
    }

    @Test
    void letsPlannedWorkBeginOnMainsWithAChargedBattery() {
        says("OL", 90);

        assertThat(bench.post("runs", SHUTDOWN + "}")).startsWith("202");
    }

    @Test
    void letsThoseGoWhoOnlyLook() {
        says("OB", 90);

        assertThat(bench.post(
                        "runs", "{\"scope\":\"attic\",\"mode\":\"verify\",\"execute\":true,\"confirm\":\"attic\"}"))
                .startsWith("202");
    }

    @Test
    void releasesNothingForARunThatIsRefused() {
        says("OB", 90);
        String release = STARTUP.replace("}", ",\"release\":[\"" + CONTRACTED + "\"]}");
        bench.standing.hold(AssetId.parse(CONTRACTED), "a person", "hands inside");
        assertThat(bench.post("runs", release)).startsWith("409").contains("Nothing was changed");
        assertThat(bench.standing.holds()).containsKey(AssetId.parse(CONTRACTED));

        says("OL", 90);
        Until.holds(() -> bench.watch.offMains(Plans.SITE).isEmpty());
        assertThat(bench.post("runs", release)).startsWith("202");
        assertThat(bench.standing.holds()).doesNotContainKey(AssetId.parse(CONTRACTED));
    }

    private Begun bySchedule() {
        return bench.engine
                .starts()
                .begin(Plans.intent(Trigger.SCHEDULE, Phase.SHUTDOWN))
                .toCompletableFuture()
                .join();
    }

    private void says(String status, int charge) {
        broker.publish("ups", "{\"ups.status\":\"" + status + "\",\"battery.charge\":" + charge + "}");
        Until.holds(() -> !bench.watch.unready(Plans.SITE).orElse("").contains("nothing was heard"));
    }
}
