package io.ridethrough.receipt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key of an installation that signs its receipts (Ed25519). Its text never tells what it is. */
public final class SigningKey {
    private final PrivateKey key;
    private final VerifyingKey verifying;

    private SigningKey(PrivateKey key, VerifyingKey verifying) {
        this.key = key;
        this.verifying = verifying;
    }

    /** A new one that nobody else has. */
    public static SigningKey fresh() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(pair.getPrivate(), VerifyingKey.of(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /**
     * Reads what {@link #secretPem()} writes, with its public half: the JDK does not make that of the other.
     *
     * @throws IllegalArgumentException when they are no keys, or not halves of one
     */
    static SigningKey read(String secretPem, VerifyingKey verifying) {
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Pem.read("PRIVATE KEY", secretPem)));
            SigningKey read = new SigningKey(key, verifying);
            if (!verifying.signed("a trial", read.sign("a trial"))) {
                throw new IllegalArgumentException("the public key beside it is another one's");
            }
            return read;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("it is no private Ed25519 key", e);
        }
    }

    /** The secret itself (PKCS #8), for its file alone. */
    String secretPem() {
        return Pem.write("PRIVATE KEY", key.getEncoded());
    }

    /** The half that may be told to everybody. */
    public VerifyingKey verifying() {
        return verifying;
    }

    /** The signature of that text, in base64. */
    String sign(String what) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(what.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform from 15 on has Ed25519", e);
    }

    @Override
    public String toString() {
        return "the key of " + verifying.fingerprint();
    }
}
