package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.lab.LabWorld;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How each way to each target is, as a monitor asks for it over HTTP. */
class MetricsInTheLabTest {
    @TempDir
    Path folder;

    @Test
    void tellsPrometheusOfEveryWayToEveryTargetAndNothingWithoutAToken() throws Exception {
        LabWithService lab = new LabWithService(folder, Path.of("src/test/resources/contracts/attic"), 20);
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            assertThat(world.violations()).isEmpty();
            HttpResponse<String> told =
                    metrics(service, "Bearer " + Home.at(folder.resolve("home")).token());
            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(told.headers().firstValue("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
            assertThat(told.body())
                    .contains("# TYPE ridethrough_target_breaker_state gauge")
                    .contains(
                            "ridethrough_target_breaker_state{site=\"attic\",state=\"closed\",target=\"attic/pve1\",way=\"ssh\"} 1")
                    .contains("target=\"attic/nas\"");

            HttpResponse<String> refused = metrics(service, "Bearer wrong");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).doesNotContain("attic");
        }
    }

    private static HttpResponse<String> metrics(Service service, String authorization)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/metrics"))
                                .header("Authorization", authorization)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
