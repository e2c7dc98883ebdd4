package io.ridethrough.target.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS towards one target, on its pin. */
public final class PinnedTls {
    private PinnedTls() {}

    /** A context whose handshakes fail, saying why, unless the certificate is what the pin asks. */
    public static SSLContext context(Pin pin) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(pin), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS cannot be set up for " + pin, e);
        }
    }

    /** Whether names in the certificate count: only below an authority. */
    public static boolean checksNames(Pin pin) {
        return pin instanceof Pin.Authority;
    }

    /**
     * TLS over a connection that stands, on that pin; the handshake is done when this returns.
     *
     * @param host the name or address that a certificate below an authority must be issued for
     * @throws IOException when it fails, as it does unless the certificate is what the pin asks
     */
    public static SSLSocket over(Socket plain, String host, Pin pin) throws IOException {
        SSLSocket secured =
                (SSLSocket) context(pin).getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        if (checksNames(pin)) {
            SSLParameters names = secured.getSSLParameters();
            names.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(names);
        }
        secured.startHandshake();
        return secured;
    }

    private static TrustManager[] managers(Pin pin) throws GeneralSecurityException, IOException {
        if (pin instanceof Pin.Fingerprint one) {
            return new TrustManager[] {new Exactly(one)};
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (X509Certificate authority : ((Pin.Authority) pin).certificates()) {
            store.setCertificateEntry("authority-" + count++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Extended, so that the platform adds no check of names of its own. */
    private static final class Exactly extends X509ExtendedTrustManager {
        private final Pin.Fingerprint pin;

        Exactly(Pin.Fingerprint pin) {
            this.pin = pin;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            String shown = Pin.sha256(chain[0]);
            if (!shown.equals(pin.sha256())) {
                throw new CertificateException(
                        "the certificate has the fingerprint " + shown + ", pinned is " + pin.sha256());
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
