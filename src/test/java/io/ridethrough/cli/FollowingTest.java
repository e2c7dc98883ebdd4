package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.ridethrough.lab.net.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watching runs at a service that may go and come back. */
class FollowingTest {
    private static final String OPEN = """
            {"run":"r1","open":true,"since":3,"forecast":10,"reason":"test","steps":[
             {"step":"verify:quay/door:knock","verb":"PROBE","state":"running","for":1}]}""";
    private static final String RECEIPT = """
            {"run":"r1","result":"%s","took":"PT4S","forecast":"PT10S","steps":[
             {"step":"verify:quay/door:knock","verb":"PROBE","outcome":"Done","evidence":"answers","took":"PT2S"}]}""";
    private static final String UNKNOWN =
            "{\"title\":\"No such run\",\"errors\":[],\"detail\":\"Nothing was changed.\"}";
    private static final String STARTING =
            "{\"title\":\"Not ready\",\"errors\":[],\"detail\":\"Nothing was changed.\"}";

    private final List<String> said = new ArrayList<>();
    private final CountDownLatch shown = new CountDownLatch(1);
    private final CountDownLatch missed = new CountDownLatch(1);
    private int port;
    private HttpServer service;

    @BeforeEach
    void serve() throws IOException {
        port = FreePort.onLoopback();
        service = answering(200, OPEN);
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void goesOnWhenTheServiceComesBackAndKnowsTheRun() throws Exception {
        CompletableFuture<Integer> following = follow(Duration.ofSeconds(30));
        assertThat(shown.await(10, TimeUnit.SECONDS)).isTrue();

        service.stop(0);
        assertThat(missed.await(10, TimeUnit.SECONDS)).isTrue();
        service = answering(200, RECEIPT.formatted("complete"));

        assertThat(following.get(20, TimeUnit.SECONDS)).isEqualTo(Exit.WELL);
        assertThat(said).first().asString().contains("does not answer", "30 s");
        assertThat(said).element(1).asString().contains("answers again");
    }

    @Test
    void waitsForAServiceThatStarts() throws Exception {
        CompletableFuture<Integer> following = follow(Duration.ofSeconds(30));
        assertThat(shown.await(10, TimeUnit.SECONDS)).isTrue();

        service.stop(0);
        service = answering(503, STARTING);
        assertThat(missed.await(10, TimeUnit.SECONDS)).isTrue();
        service.stop(0);
        service = answering(200, RECEIPT.formatted("complete"));

        assertThat(following.get(20, TimeUnit.SECONDS)).isEqualTo(Exit.WELL);
    }

    @Test
    void givesUpWithinItsPatience() throws Exception {
        CompletableFuture<Integer> following = follow(Duration.ofMillis(300));
        assertThat(shown.await(10, TimeUnit.SECONDS)).isTrue();

        service.stop(0);

        assertThatThrownBy(() -> following.get(20, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(ServiceClient.NoService.class)
                .hasMessageContaining("no service answers");
    }

    @Test
    void saysWhenARestartedServiceDoesNotKnowTheRun() throws Exception {
        CompletableFuture<Integer> following = follow(Duration.ofMillis(300));
        assertThat(shown.await(10, TimeUnit.SECONDS)).isTrue();

        service.stop(0);
        assertThat(missed.await(10, TimeUnit.SECONDS)).isTrue();
        service = answering(404, UNKNOWN);

        assertThatThrownBy(() -> following.get(20, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(ServiceClient.NoService.class);
    }

    @Test
    void doesNotWaitForAServiceThatNeverAnswered() {
        service.stop(0);

        assertThatThrownBy(() -> follow(Duration.ofMinutes(1)).get(20, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(ServiceClient.NoService.class);
    }

    @Test
    void anAnswerThatIsNotOursIsNoService() {
        service.stop(0);
        service = answering(200, "<html>");

        assertThatThrownBy(() -> follow(Duration.ofMinutes(1)).get(20, TimeUnit.SECONDS))
                .hasMessageContaining("is not ridethrough");
    }

    @Test
    void theExitCodeTellsWhetherAllIsWell() throws Exception {
        service.stop(0);
        service = answering(200, RECEIPT.formatted("stopped"));

        assertThat(follow(Duration.ofMinutes(1)).get(20, TimeUnit.SECONDS)).isEqualTo(Exit.INCOMPLETE);
    }

    private CompletableFuture<Integer> follow(Duration patience) {
        Screen screen = new Screen() {
            @Override
            public void show(List<JsonNode> runs) {
                shown.countDown();
            }

            @Override
            public void close(JsonNode receipt) {
                said.add(StepWords.end(receipt));
            }

            @Override
            public void say(String what) {
                said.add(what);
                missed.countDown();
            }
        };
        Following following = new Following(new ServiceClient("127.0.0.1", port, "secret"), screen, patience);
        return CompletableFuture.supplyAsync(() -> {
            try {
                return following.toTheEnd(List.of("r1"));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private HttpServer answering(int status, String body) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
