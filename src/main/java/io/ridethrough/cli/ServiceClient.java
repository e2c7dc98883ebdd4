package io.ridethrough.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Talks to the running service over its HTTP API. */
final class ServiceClient {
    private static final Duration LOOK = Duration.ofSeconds(15);
    /** A run that waits for others to settle is answered late. */
    private static final Duration ASK = Duration.ofMinutes(5);

    private static final int NOT_READY = 503;

    /** A reply, whatever its status. */
    record Answer(int status, JsonNode json) {
        boolean well() {
            return status < 300;
        }

        /** What was answered, or why it was refused. */
        JsonNode orRefusal() {
            if (well()) {
                return json;
            }
            StringBuilder text = new StringBuilder(json.path("title").asText());
            json.path("errors").forEach(error -> text.append("\n  ").append(error.asText()));
            if (status == 401) {
                text.append("\n  another installation's service answers here: compare ridethrough.home");
            }
            text.append('\n').append(json.path("detail").asText());
            if (json.hasNonNull("next")) {
                text.append("\nNext: ")
                        .append(Ridethrough.typed(json.path("next").asText()));
            }
            throw new UserError(text.toString());
        }
    }

    /**
     * One for all: a client that is collected as garbage while it waits stops its own selector and timers, and then no
     * answer and no limit ends the wait (seen on JDK 17).
     */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final URI base;
    private final String token;
    private final ObjectMapper json = new ObjectMapper();

    ServiceClient(String host, int port, String token) {
        try {
            this.base = URI.create("http://" + host + ":" + port + "/api/v1/");
        } catch (IllegalArgumentException e) {
            throw new UserError("application.properties: error: ridethrough.http.host is not a host: \"" + host + "\"");
        }
        this.token = token;
    }

    /** A name as one part of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Answer get(String path) {
        return send("GET", path, null, LOOK);
    }

    Answer post(String path, JsonNode body) {
        return send("POST", path, body, ASK);
    }

    private Answer send(String method, String path, @Nullable JsonNode body, Duration patience) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(patience)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == NOT_READY) {
                throw new NoService("the service at " + base + " starts or stops at this moment; ask again");
            }
            return new Answer(response.statusCode(), json.readTree(response.body()));
        } catch (JsonProcessingException e) {
            throw new NoService("what answers at " + base + " is not ridethrough; see ridethrough.http.port");
        } catch (IOException e) {
            throw new NoService("no service answers at " + base + "; start it with: " + Ridethrough.typed("serve"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoService("interrupted while asking " + base);
        }
    }

    /** Nothing answers there that could help. */
    static final class NoService extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoService(String what) {
            super(what);
        }
    }
}
