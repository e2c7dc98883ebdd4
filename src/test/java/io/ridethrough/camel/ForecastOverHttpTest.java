package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Ups;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastOverHttpTest {
    @TempDir
    Path folder;

    @Test
    void tellsWhatWouldHappenIfPowerFailedNow() {
        Ups.MqttSource deaf = PowerBench.source("tcp://127.0.0.1:9", Ups.Format.JSON, "ups", Map.of());
        try (PowerBench b = new PowerBench(folder, Duration.ofSeconds(60), deaf)) {
            assertThat(b.get("sites/attic/forecast"))
                    .startsWith("200 ")
                    .contains("\"begins\":60.0", "\"battery\":1200.0", "\"goes\":[{", "\"lost\":[]", "\"shed\":[]");
            assertThat(b.get("sites/nowhere/forecast")).startsWith("404 ").contains("nowhere");
        }
    }
}
