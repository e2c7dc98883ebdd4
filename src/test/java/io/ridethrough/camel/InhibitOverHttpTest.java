package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Ups;
import io.ridethrough.power.Parsed;
import io.ridethrough.realparts.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R37: while somebody works at a UPS, its site acts on nothing. */
class InhibitOverHttpTest {
    private static final String TWO_HOURS = "{\"for\":\"2h\",\"reason\":\"UPS swap\"}";

    @TempDir
    Path folder;

    @Test
    void doesNothingInAnOutageAndGoesDownAtOnceWhenArmedAgain() {
        try (PowerBench b = bench()) {
            b.arm();
            assertThat(b.post("sites/attic/inhibit", TWO_HOURS))
                    .startsWith("200 ")
                    .contains("\"until\":\"");
            assertThat(b.get("sites")).contains("\"readiness\":\"inhibited\"", "\"reason\":\"UPS swap\"");

            b.watch.heard(PowerBench.UPS, Parsed.Update.ofStatus("OB"), false, "test");
            Until.holds(() -> b.said("BeginShutdown"));
            assertThat(b.world.commands()).isEmpty();

            assertThat(b.post("sites/attic/readiness", "{\"readiness\":\"armed\"}"))
                    .startsWith("200 ");
            Until.holds(() -> b.world.commands().contains("POWER_OFF attic/node"));
        }
    }

    @Test
    void refusesWhatHasNoEndWithinADayOrNoReasonOrNoArmedSite() {
        try (PowerBench b = bench()) {
            assertThat(b.post("sites/attic/inhibit", TWO_HOURS))
                    .startsWith("409 ")
                    .contains("not armed");
            b.arm();
            assertThat(b.post("sites/attic/inhibit", "{\"for\":\"25h\",\"reason\":\"x\"}"))
                    .startsWith("409 ")
                    .contains("within 24 h");
            assertThat(b.post("sites/attic/inhibit", "{\"for\":\"for ever\",\"reason\":\"x\"}"))
                    .startsWith("422 ");
            assertThat(b.post("sites/attic/inhibit", "{\"for\":\"2h\"}")).startsWith("422 ");
            assertThat(b.get("sites")).contains("\"readiness\":\"armed\"");
        }
    }

    private PowerBench bench() {
        Ups.MqttSource deaf = PowerBench.source("tcp://127.0.0.1:9", Ups.Format.JSON, "ups", Map.of());
        return new PowerBench(folder, Duration.ofMillis(300), deaf);
    }
}
