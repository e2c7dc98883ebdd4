package io.ridethrough.target.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ridethrough.lab.net.LabAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server on loopback that shows a certificate for a name. */
@Timeout(60)
class PeerCertificateTest {
    private static final String NAME = "server.example";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LabAuthority authority = new LabAuthority();
    private final LabAuthority.Issued shown = authority.issue(List.of(NAME));
    private SSLServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = (SSLServerSocket)
                shown.context().getServerSocketFactory().createServerSocket(0, 20, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void tellsWhenItEndsWhereItIsWhatIsPinned() throws Exception {
        assertThat(ends(NAME, Pin.authority(authority.pem())))
                .isEqualTo(shown.certificate().getNotAfter().toInstant());
        assertThat(ends("other.example", Pin.fingerprint(Pin.sha256(shown.certificate()))))
                .isEqualTo(shown.certificate().getNotAfter().toInstant());
    }

    @Test
    void tellsNothingOfAnother() {
        assertThatThrownBy(() -> ends(NAME, Pin.authority(new LabAuthority().pem())))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ends(NAME, Pin.fingerprint("00".repeat(32)))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ends("other.example", Pin.authority(authority.pem())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.example");
    }

    private java.time.Instant ends(String host, Pin pin) throws IOException {
        InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
        return PeerCertificate.ends(at, host, pin, PATIENCE);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                int unused = client.getInputStream().read();
            } catch (IOException gone) {
                // A client that did not like what it saw.
            }
        }
    }
}
