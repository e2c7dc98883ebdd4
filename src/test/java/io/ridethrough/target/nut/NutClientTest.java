package io.ridethrough.target.nut;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Ups;
import io.ridethrough.realparts.NutServer;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asks NUT's own server, and servers that are none. */
@Timeout(60)
class NutClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    static Path folder;

    private static NutServer nut;

    @BeforeAll
    static void start() {
        nut = NutServer.start(folder.resolve("nut"), "attic", "cellar");
    }

    @AfterAll
    static void stop() {
        nut.close();
    }

    @Test
    void everyVariableIsReadByNutsOwnNames() {
        assertThat(ask("attic", Optional.empty()))
                .isInstanceOfSatisfying(NutAnswer.Variables.class, told -> assertThat(told.values())
                        .containsEntry("ups.status", "OL")
                        .containsEntry("battery.charge", "100")
                        .containsKey("driver.name"));
    }

    @Test
    void aLoginIsSentWhereOneIsDeclared() {
        assertThat(ask("attic", Optional.of("admin:attic"))).isInstanceOf(NutAnswer.Variables.class);
    }

    @Test
    void aSecretThatIsNoLoginIsNamedAndNotSent() {
        assertThat(ask("attic", Optional.of("nothing")))
                .isEqualTo(new NutAnswer.Refused("the secret \"nut/attic\" is not user:password"));
    }

    @Test
    void aUpsThatTheServerDoesNotKnowIsRefused() {
        assertThat(ask("nowhere", Optional.empty())).isEqualTo(new NutAnswer.Refused("UNKNOWN-UPS"));
    }

    @Test
    void aDriverThatDiedIsStaleAndNoAnswerAboutPower() {
        nut.killDriver("cellar");

        Until.holds(() -> ask("cellar", Optional.empty()) instanceof NutAnswer.Stale, Duration.ofSeconds(40), () -> "");
    }

    @Test
    void aClosedPortIsSilence() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(ask(port, "attic", Optional.empty(), PATIENCE)).isInstanceOf(NutAnswer.Silent.class);
    }

    @Test
    void aServerThatHangsIsSilentAfterThePatience() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(ask(mute.getLocalPort(), "attic", Optional.empty(), Duration.ofMillis(300)))
                    .isInstanceOf(NutAnswer.Silent.class);
        }
    }

    @Test
    void whatIsNoNutServerIsToldAsSuch() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket client = other.accept()) {
                    client.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.UTF_8));
                    client.getInputStream().read();
                } catch (IOException gone) {
                    // The test has seen enough.
                }
            });
            server.start();
            assertThat(ask(other.getLocalPort(), "attic", Optional.empty(), PATIENCE))
                    .isInstanceOfSatisfying(NutAnswer.Silent.class, silent -> assertThat(silent.why())
                            .contains("no NUT server"));
            server.join();
        }
    }

    private static NutAnswer ask(String name, Optional<String> login) {
        return ask(nut.port(), name, login, PATIENCE);
    }

    private static NutAnswer ask(int port, String name, Optional<String> login, Duration patience) {
        Ups.NutSource source = new Ups.NutSource(
                "127.0.0.1", port, name, login.map(any -> "nut/attic"), Duration.ofSeconds(5), Optional.empty());
        return new NutClient(Wiring.direct(), secret -> Secret.of(login.orElseThrow()), source, Optional.empty())
                .variables(patience);
    }
}
