package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.lab.net.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the API answers where no route does. */
@Timeout(60)
class ApiServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path routes;

    private int port;

    @BeforeEach
    void twoRoutes() throws IOException {
        port = FreePort.onLoopback();
        Files.writeString(routes.resolve("api.yaml"), route("one", 1) + route("two", 2));
    }

    private static String route(String name, int order) {
        return """
                - route:
                    id: %1$s
                    startupOrder: %2$d
                    from:
                      uri: platform-http
                      parameters:
                        path: /api/v1/%1$s
                        httpMethodRestrict: GET
                      steps:
                        - setBody:
                            constant:
                              expression: here
                """.formatted(name, order);
    }

    @Test
    void aPathThatIsNotThereIsAnErrorAsAllOthersAre() throws Exception {
        try (Engine engine = engine()) {
            engine.start();

            assertThat(send("GET", "one").body()).isEqualTo("here");
            isAProblem(send("GET", "three"), 404, "the API has no GET /api/v1/three");
            isAProblem(send("POST", "one"), 404, "the API has no POST /api/v1/one");
        }
    }

    /** No part of it answers alone: both are asked as the first has started, and as it has stopped last. */
    @Test
    void whileItsRoutesComeAndGoItSaysThatItStartsOrStops() {
        List<HttpResponse<String>> replies = new ArrayList<>();
        RoutePolicySupport asks = new RoutePolicySupport() {
            @Override
            public void onStart(Route started) {
                replies.add(send("GET", "one"));
                replies.add(send("GET", "two"));
            }

            @Override
            public void onStop(Route stopped) {
                replies.add(send("GET", "one"));
                replies.add(send("GET", "two"));
            }
        };
        try (Engine engine = engine()) {
            engine.context().addRoutePolicyFactory((context, id, route) -> id.equals("one") ? asks : null);
            engine.start();

            assertThat(send("GET", "two").body()).isEqualTo("here");
        }

        assertThat(replies).hasSize(4).allSatisfy(ApiServerTest::isNotReady);
    }

    private Engine engine() {
        return new Engine(new Engine.Settings(routes, Map.of(), "127.0.0.1", port));
    }

    private static void isNotReady(HttpResponse<String> reply) {
        isAProblem(reply, 503, "starts or stops at this moment");
        assertThat(reply.headers().firstValue("retry-after")).contains("1");
    }

    private static void isAProblem(HttpResponse<String> reply, int status, String why) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(reply.body()).startsWith("{").contains(why);
    }

    private HttpResponse<String> send(String method, String path) {
        return HTTP.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
