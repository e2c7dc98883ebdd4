package io.ridethrough.target.nut;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Ups;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.realparts.NutServer;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.way.Told;
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
        nut = NutServer.start(folder.resolve("nut"), "attic", "cellar", "store");
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
    void whatTheServerTellsEveryoneIsReadWhateverTheLogin() {
        assertThat(ask("attic", Optional.of("admin:attic"))).isInstanceOf(NutAnswer.Variables.class);
        assertThat(ask("attic", Optional.of("admin:wrong"))).isInstanceOf(NutAnswer.Variables.class);
    }

    @Test
    void aSecretThatIsNoLoginIsNamedAndNotSent() {
        assertThat(client("attic", Optional.of("nothing")).keepOn(PATIENCE))
                .isEqualTo(
                        new Told.Undelivered("its NUT server refuses: the secret \"nut/attic\" is not user:password"));
    }

    @Test
    void aUpsThatTheServerDoesNotKnowIsRefused() {
        assertThat(ask("nowhere", Optional.empty())).isEqualTo(new NutAnswer.Refused("UNKNOWN-UPS"));
    }

    /** R35, by upsd itself: neither the command nor its delay is one that this driver has. */
    @Test
    void aUpsThatCannotCutItsLoadIsToldAsSuch() {
        nut.says("store", "OB", 90);
        Until.holds(() -> nut.status("store").equals("OB"));
        NutClient client = client("store", Optional.of("admin:attic"));

        assertThat(client.outlet(Duration.ofMinutes(3), PATIENCE)).isInstanceOf(Outlet.OnBattery.class);
        assertThat(client.cutOff(Duration.ofMinutes(3), PATIENCE))
                .isInstanceOfSatisfying(Told.Declined.class, told -> assertThat(told.evidence())
                        .contains("its delay cannot be set to 180 s (ERR VAR-NOT-SUPPORTED)"));
        assertThat(client.keepOn(PATIENCE))
                .isInstanceOfSatisfying(Told.Declined.class, told -> assertThat(told.evidence())
                        .containsAnyOf("CMD-NOT-SUPPORTED", "ACCESS-DENIED"));
    }

    /** R35: it is never told to on mains, whoever asks. */
    @Test
    void aUpsOnMainsIsNotToldToCutItsLoad() {
        assertThat(client("attic", Optional.of("admin:attic")).cutOff(Duration.ofMinutes(3), PATIENCE))
                .isEqualTo(new Told.Declined("its status is \"OL\": it never cuts its load but on battery"));
    }

    @Test
    void aDriverThatDiedIsStaleAndNoAnswerAboutPower() {
        nut.killDriver("cellar");

        Until.holds(() -> ask("cellar", Optional.empty()) instanceof NutAnswer.Stale, Duration.ofSeconds(40), () -> "");
    }

    @Test
    void aClosedPortIsSilence() throws IOException {
        int port = FreePort.onLoopback();
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
        return client(port, name, login).variables(patience);
    }

    private static NutClient client(String name, Optional<String> login) {
        return client(nut.port(), name, login);
    }

    private static NutClient client(int port, String name, Optional<String> login) {
        Ups.NutSource source = new Ups.NutSource(
                "127.0.0.1", port, name, login.map(any -> "nut/attic"), Duration.ofSeconds(5), Optional.empty());
        return new NutClient(
                new NutClient.Reach(
                        Wiring.direct(),
                        secret -> Secret.of(login.orElseThrow()),
                        new LoginPauses(System::nanoTime, 1)),
                source,
                Optional.empty());
    }
}
