package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.realparts.Until;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for runs to close, through the API of the service that runs them. */
record ClosedRuns(ServiceClient client, Supplier<String> otherwise, Duration within) {
    /** For runs that take a minute at most. */
    ClosedRuns(ServiceClient client, Supplier<String> otherwise) {
        this(client, otherwise, Duration.ofSeconds(60));
    }

    /** The receipt of the newest run of that site that began with that phase, once there is one. */
    JsonNode receipt(String site, String phase) {
        Until.holds(
                () -> newest(site, phase).isPresent(),
                within,
                () -> client.get("runs").json().toPrettyString() + otherwise.get());
        String run = newest(site, phase).orElseThrow().path("run").asText();
        return client.get("runs/" + run).json();
    }

    private Optional<JsonNode> newest(String site, String phase) {
        for (JsonNode run : client.get("runs").json().path("closed")) {
            if (run.path("scope").asText().equals(site)
                    && run.path("phases").path(0).asText().equals(phase)) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }
}
