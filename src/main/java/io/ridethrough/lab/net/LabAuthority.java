package io.ridethrough.lab.net;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificate authority of a lab, made anew for each: its certificates are short-lived and good only for their lab. */
public final class LabAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ENTRY = "lab";

    private final KeyPair key = newKey();
    private final X509Certificate certificate;

    public LabAuthority() {
        X500Principal name = new X500Principal("CN=LAB authority");
        certificate = signed(name, key, name, key.getPrivate(), new BasicConstraints(0), null);
    }

    /** What clients of the lab are told to trust, as PEM. */
    public String pem() {
        return pem(certificate);
    }

    /** A server's side of TLS, with a certificate for these names and IPv4 addresses. */
    public SSLContext server(List<String> names) {
        return issue(names).context();
    }

    /** A certificate with its key. */
    public record Issued(X509Certificate certificate, SSLContext context) {}

    /** A certificate for these names and IPv4 addresses, and the TLS that shows it. */
    public Issued issue(List<String> names) {
        try {
            KeyStore store = keys(names, new char[0]);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new Issued((X509Certificate) store.getCertificate(ENTRY), context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a certificate of the lab cannot be used", e);
        }
    }

    /** Writes a certificate for these names and IPv4 addresses with its key to a PKCS 12 file. */
    public void store(List<String> names, Path file, String password) {
        try (OutputStream out = Files.newOutputStream(file)) {
            keys(names, password.toCharArray()).store(out, password.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a certificate of the lab cannot be written", e);
        }
    }

    private KeyStore keys(List<String> names, char[] password) throws GeneralSecurityException, IOException {
        KeyPair own = newKey();
        GeneralName[] alternatives = names.stream()
                .map(name ->
                        new GeneralName(name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        X509Certificate leaf = signed(
                new X500Principal("CN=LAB"),
                own,
                certificate.getSubjectX500Principal(),
                key.getPrivate(),
                new BasicConstraints(false),
                new GeneralNames(alternatives));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ENTRY, own.getPrivate(), password, new X509Certificate[] {leaf, certificate});
        return store;
    }

    private static X509Certificate signed(
            X500Principal subject,
            KeyPair own,
            X500Principal issuer,
            PrivateKey signer,
            BasicConstraints constraints,
            @org.jspecify.annotations.Nullable GeneralNames names) {
        Instant now = Instant.now();
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(127, RANDOM),
                    Date.from(now.minus(2, ChronoUnit.DAYS)),
                    Date.from(now.plus(30, ChronoUnit.DAYS)),
                    subject,
                    own.getPublic());
            builder.addExtension(Extension.basicConstraints, true, constraints);
            if (names != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("the lab cannot make a certificate", e);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no P-256", e);
        }
    }

    private static String pem(X509Certificate certificate) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
