package io.ridethrough.target.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** Until when the certificate that a server shows is valid. */
public final class PeerCertificate {
    private PeerCertificate() {}

    /**
     * Shakes hands with the server and goes. Blocks for at most twice the patience.
     *
     * @throws IOException when it cannot be reached or does not show what is pinned
     */
    public static Instant ends(InetSocketAddress server, String host, Pin pin, Duration patience) throws IOException {
        int millis = Math.toIntExact(patience.toMillis());
        try (Socket plain = new Socket()) {
            plain.connect(server, millis);
            plain.setSoTimeout(millis);
            try (SSLSocket tls = PinnedTls.over(plain, host, pin)) {
                return ends(tls);
            }
        }
    }

    /** Of a connection whose handshake is done. */
    public static Instant ends(SSLSocket tls) throws SSLPeerUnverifiedException {
        return ((X509Certificate) tls.getSession().getPeerCertificates()[0])
                .getNotAfter()
                .toInstant();
    }
}
