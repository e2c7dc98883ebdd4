package io.ridethrough.lab;

import static io.ridethrough.lab.LabHostsTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ridethrough.lab.RealClients.Said;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.lab.net.LabUps;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power, broker and probes of a simulated site, as mosquitto's client and plain sockets meet them. */
class LabSiteTest {
    private static final String DNS_QUERY = "\0\7\1\0\0\1\0\0\0\0\0\0\3nas\5attic\0\0\1\0\1";

    @TempDir
    private Path state;

    private LabWorld world(Duration runtime, double speed) {
        return LabWorld.start(Attic.contracts(runtime), new LabOptions(speed, state));
    }

    @Test
    void eachBridgePublishesInItsDeclaredForm() {
        try (LabWorld world = world(Duration.ofMinutes(10), 20)) {
            RealClients client = new RealClients(world.wiring());
            assertThat(client.subscribe("ha/sensor/#", 2).join().out().lines())
                    .containsExactlyInAnyOrder("1 ha/sensor/ups_status/state OL", "1 ha/sensor/ups_charge/state 100");
            assertThat(client.subscribe("ups/json", 1).join().out())
                    .isEqualTo("1 ups/json {\"ups.status\":\"OL\",\"battery.runtime\":10}\n");

            CompletableFuture<Said> topics = client.subscribe("nut/ups/status", 1);
            CompletableFuture<Said> events = client.subscribe("ha/events", 1);
            await(() -> {
                world.upses(Attic.SITE).forEach(LabUps::cut);
                world.upses(Attic.SITE).forEach(LabUps::restore);
                return topics.isDone() && events.isDone();
            });
            assertThat(topics.join().out()).containsPattern("^0 nut/ups/status (on battery|online)\n$");
            assertThat(events.join().out())
                    .startsWith("0 ha/events {\"event_type\":\"state_changed\"")
                    .containsPattern("\"entity_id\":\"sensor.ups_(status|charge)\"");

            world.ups(Attic.id("ups-states")).setStatus("FSD", "OL");
            await(() -> client.subscribe("ha/sensor/ups_status/state", 1)
                    .join()
                    .out()
                    .equals("1 ha/sensor/ups_status/state FSD OL\n"));
        }
    }

    @Test
    void aBatteryRunsLowThenEmptyAndTakesDownWhatNothingElseFeeds() {
        try (LabWorld world = world(Duration.ofSeconds(60), 20)) {
            LabUps ups = world.ups(Attic.id("ups-topics"));
            ups.cut();
            assertThat(ups.status()).containsExactly("OB", "DISCHRG");
            await(() -> ups.status().contains("LB"));
            assertThat(ups.charge()).isBetween(1, 19);
            await(() -> world.power(Attic.NODE) == LabHost.State.OFF);
            assertThat(world.isUp(Attic.VM)).isFalse();
            assertThat(world.power(Attic.NAS)).isEqualTo(LabHost.State.UP);
            assertThat(RealClients.log(world, Attic.NODE)).contains("power lost - violation");

            world.pressPowerButton(Attic.NODE);
            assertThat(RealClients.log(world, Attic.NODE)).contains("button boot - refused");
            ups.restore();
            await(() -> ups.charge() > 30);
            assertThat(ups.status()).containsExactly("OL", "CHRG");
            assertThat(world.power(Attic.NODE)).isEqualTo(LabHost.State.OFF);
            world.pressPowerButton(Attic.NODE);
            await(() -> world.isUp(Attic.NODE));
        }
    }

    @Test
    void onceNothingFeedsASiteTheHostsHaveNotedWhatTheyLost() {
        try (LabWorld world = world(Duration.ofSeconds(60), 20)) {
            world.upses(Attic.SITE).forEach(ups -> ups.setRuntime(Duration.ofSeconds(1)));
            world.upses(Attic.SITE).forEach(LabUps::cut);
            while (world.feeds(Attic.SITE)) {
                Thread.onSpinWait();
            }
            assertThat(RealClients.log(world, Attic.NODE)).contains("power lost - violation");
            assertThat(RealClients.log(world, Attic.NAS)).contains("power lost - violation");
        }
    }

    @Test
    void aBrokerThatRestartsIsToldAgainWhatItRetained() {
        try (LabWorld world = world(Duration.ofMinutes(10), 20)) {
            RealClients client = new RealClients(world.wiring());
            world.broker(Attic.BROKER).stop();
            assertThat(client.subscribe("ha/sensor/ups_status/state", 1).join().err())
                    .contains("Connection refused");
            world.broker(Attic.BROKER).start();
            assertThat(client.subscribe("ha/sensor/ups_status/state", 1).join().out())
                    .endsWith("ha/sensor/ups_status/state OL\n");
        }
    }

    @Test
    void probesAnswerOnlyWhileTheirAssetIsUp() throws IOException {
        try (LabWorld world = world(Duration.ofMinutes(10), 20)) {
            LabWiring wiring = world.wiring();
            HostPort web = new HostPort("10.9.8.10", 8080);
            assertThat(get(wiring, web, "/health")).startsWith("HTTP/1.1 204 ");
            assertThat(get(wiring, web, "/else")).startsWith("HTTP/1.1 404 ");
            connect(wiring, new HostPort("10.9.8.10", 8081)).close();
            connect(wiring, new HostPort("10.9.8.2", 8006)).close();
            connect(wiring, new HostPort("10.9.8.1", 443)).close();
            HostPort names = new HostPort("10.9.8.11", 53);
            assertThat(askByDatagram(wiring, names)).endsWith("\4\u007f\0\0\1");
            assertThat(askByStream(wiring, names)).endsWith("\4\u007f\0\0\1");

            new RealClients(wiring).ssh("root", "10.9.8.2", "qm shutdown 101; pct stop 102");
            // returns when the world is in line with what was done to it
            world.fault(Attic.SWITCH, new Fault.Refuse());
            assertThatThrownBy(() -> get(wiring, web, "/health")).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> connect(wiring, new HostPort("10.9.8.10", 8081)))
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> connect(wiring, names)).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> connect(wiring, new HostPort("10.9.8.1", 443)))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void everythingIsWiredToLoopbackAndTheLogIsOnDisk() throws IOException {
        try (LabWorld world = world(Duration.ofMinutes(10), 20)) {
            LabWiring wiring = world.wiring();
            assertThat(wiring.tcp().values()).allMatch(at -> at.getAddress().isLoopbackAddress());
            assertThat(wiring.udp().values()).allMatch(at -> at.getAddress().isLoopbackAddress());
            assertThat(wiring.udp()).containsKeys(Attic.WAKE, new HostPort("10.9.8.11", 53));
            assertThat(wiring.brokers()).containsOnlyKeys(Attic.BROKER);
            assertThat(wiring.identities()).containsOnlyKeys("ssh/attic");
            world.pressPowerButton(Attic.NODE);
            assertThat(Files.readString(state.resolve("events.log")))
                    .matches("\\d{16}\tattic/pve\tbutton\tboot\t-\trefused\n");
        }
    }

    private static Socket connect(LabWiring wiring, HostPort declared) throws IOException {
        InetSocketAddress at = Objects.requireNonNull(wiring.tcp().get(declared), "not wired: " + declared);
        return new Socket(at.getAddress(), at.getPort());
    }

    private static String get(LabWiring wiring, HostPort declared, String target) throws IOException {
        try (Socket socket = connect(wiring, declared)) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: lab\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String askByDatagram(LabWiring wiring, HostPort declared) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(10_000);
            byte[] query = DNS_QUERY.getBytes(StandardCharsets.ISO_8859_1);
            socket.send(new DatagramPacket(query, query.length, wiring.udp().get(declared)));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String askByStream(LabWiring wiring, HostPort declared) throws IOException {
        try (Socket socket = connect(wiring, declared)) {
            byte[] query = DNS_QUERY.getBytes(StandardCharsets.ISO_8859_1);
            socket.getOutputStream().write(new byte[] {0, (byte) query.length});
            socket.getOutputStream().write(query);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.ISO_8859_1);
        }
    }
}
