package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Ups;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Plans;
import io.ridethrough.target.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is stopped or whose disk stands still: its machine takes connections, and it never says a word. */
@Timeout(90)
class SilentBrokerTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    @Test
    void isTriedAgainAndHoldsUpNoOtherRoute() throws Exception {
        List<Socket> taken = new CopyOnWriteArrayList<>();
        try (ServerSocket broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread taking = new Thread(() -> take(broker, taken), "silent-broker");
            taking.setDaemon(true);
            taking.start();
            Ups.MqttSource source =
                    PowerBench.source("tcp://127.0.0.1:" + broker.getLocalPort(), Ups.Format.JSON, "ups", Map.of());
            try (PowerBench bench =
                    new PowerBench(folder, Duration.ofSeconds(1), source, name -> Secret.of("ups:word"))) {
                Until.holds(() -> taken.size() > 1, SOON, () -> "it is connected to: " + taken);

                assertThat(bench.engine
                                .context()
                                .getRouteController()
                                .stopRoute("health-get", 20, TimeUnit.SECONDS, true))
                        .as("another route obeys meanwhile")
                        .isTrue();
                Until.holds(() -> taken.size() > 4, SOON, () -> "it is tried again: " + taken);
                assertThat(bench.watch.report(Plans.SITE)).doesNotContain("on mains");
            } finally {
                for (Socket each : taken) {
                    each.close();
                }
            }
        }
    }

    private static void take(ServerSocket broker, List<Socket> taken) {
        try {
            while (!broker.isClosed()) {
                taken.add(broker.accept());
            }
        } catch (IOException e) {
            // It is closed: the test is over.
        }
    }
}
