package io.ridethrough.target.tls;

import io.ridethrough.contract.ApiAccess;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What a target's certificate must be. */
public sealed interface Pin {
    /** Signed by one of these authorities, valid now, and issued for the name or address that is called. */
    record Authority(List<X509Certificate> certificates) implements Pin {
        public Authority {
            certificates = List.copyOf(certificates);
        }

        @Override
        public String toString() {
            return "authority "
                    + certificates.stream()
                            .map(c -> c.getSubjectX500Principal().getName())
                            .toList();
        }
    }

    /**
     * Exactly this certificate, whatever it says of itself: names and dates of self-signed ones are no evidence.
     *
     * @param sha256 of its DER form, 64 lower-case hex digits
     */
    record Fingerprint(String sha256) implements Pin {
        public Fingerprint {
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("a fingerprint is SHA-256 in 64 hex digits");
            }
        }
    }

    /**
     * As contracts declare it.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    static Pin declared(ApiAccess.Tls tls) {
        try {
            return tls.authority().isPresent()
                    ? authority(tls.authority().get())
                    : fingerprint(tls.fingerprint().orElse(""));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the authority is none: " + e.getMessage(), e);
        }
    }

    /** An authority from one or more PEM blocks. */
    static Pin authority(String pem) throws CertificateException {
        Collection<X509Certificate> read = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (read.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        return new Authority(List.copyOf(read));
    }

    /** A fingerprint as tools print it: hex digits of either case, with or without colons. */
    static Pin fingerprint(String printed) {
        return new Fingerprint(printed.replace(":", "").toLowerCase(Locale.ROOT));
    }

    /** SHA-256 of a certificate's DER form, as {@link Fingerprint} has it. */
    static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has a SHA-256", e);
        }
    }
}
