package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Talks to the running service over its HTTP API. */
final class ServiceClient {
    /** A reply, whatever its status. */
    record Answer(int status, JsonNode json) {
        boolean well() {
            return status < 300;
        }
    }

    private final URI base;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper json = new ObjectMapper();

    ServiceClient(String host, int port, String token) {
        this.base = URI.create("http://" + host + ":" + port + "/api/v1/");
        this.token = token;
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, JsonNode body) {
        return send("POST", path, body);
    }

    private Answer send(String method, String path, @Nullable JsonNode body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofMinutes(5))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json.readTree(response.body()));
        } catch (IOException e) {
            throw new NoService(base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoService(base, e);
        }
    }

    /** Nothing answers there. */
    static final class NoService extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoService(URI base, Exception cause) {
            super("no service answers at " + base + "; start it with: ridethrough serve", cause);
        }
    }
}
