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

/** What a person says about an outage, over HTTP. */
class OutageWordsOverHttpTest {
    private static final String NOW = "{\"word\":\"begin-now\",\"reason\":\"smoke\"}";

    @TempDir
    Path folder;

    @Test
    void beginsAShutdownAtOnceThatStillWaitedAndRefusesWhatHasNoEffect() {
        Ups.MqttSource deaf = PowerBench.source("tcp://127.0.0.1:9", Ups.Format.JSON, "ups", Map.of());
        try (PowerBench b = new PowerBench(folder, Duration.ofMinutes(5), deaf)) {
            assertThat(b.post("sites/attic/outage", NOW)).startsWith("409 ").contains("not armed");
            b.arm();
            assertThat(b.post("sites/attic/outage", NOW)).startsWith("409 ").contains("there is no outage");
            assertThat(b.post("sites/attic/outage", "{\"word\":\"stop\",\"reason\":\"x\"}"))
                    .startsWith("422 ");
            assertThat(b.post("sites/attic/outage", "{\"word\":\"defer\"}")).startsWith("422 ");

            b.watch.heard(PowerBench.UPS, Parsed.Update.ofStatus("OB"), false, "test");
            assertThat(b.post("sites/attic/outage", "{\"word\":\"defer\",\"reason\":\"a film\"}"))
                    .startsWith("409 ")
                    .contains("declares no defer");
            assertThat(b.world.commands()).isEmpty();
            assertThat(b.post("sites/attic/outage", NOW)).startsWith("200 ");

            Until.holds(() -> b.world.commands().contains("POWER_OFF attic/node"));
            assertThat(b.said("begun at once by a person (smoke)")).isTrue();
        }
    }
}
