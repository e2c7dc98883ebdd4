package io.ridethrough.receipt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The public half of a key that signs receipts (Ed25519, RFC 8032). Whoever has it can tell what was signed, and can sign
 * nothing.
 *
 * @param text {@code ed25519:} and the 32 bytes of the key in base64, as receipts carry it
 */
public record VerifyingKey(String text) {
    private static final String PREFIX = "ed25519:";
    /** What stands before the 32 bytes in an X.509 public key of this kind (RFC 8410, 4). */
    private static final byte[] HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int BYTES = 32;
    private static final int MOST_DECODED = 16;
    private static final Map<String, PublicKey> DECODED = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException when that is no such key */
    public VerifyingKey {
        var unused = raw(text);
    }

    static VerifyingKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new VerifyingKey(
                PREFIX + Base64.getEncoder().encodeToString(Arrays.copyOfRange(encoded, HEAD.length, encoded.length)));
    }

    /**
     * Reads a key as {@link #pem()} or {@link #text()} writes it.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static VerifyingKey read(String written) {
        String given = written.strip();
        if (given.startsWith(PREFIX)) {
            return new VerifyingKey(given);
        }
        byte[] encoded = Pem.read("PUBLIC KEY", given);
        if (encoded.length != HEAD.length + BYTES || !Arrays.equals(Arrays.copyOf(encoded, HEAD.length), HEAD)) {
            throw new IllegalArgumentException("it is no public Ed25519 key");
        }
        return new VerifyingKey(
                PREFIX + Base64.getEncoder().encodeToString(Arrays.copyOfRange(encoded, HEAD.length, encoded.length)));
    }

    /** In the form that OpenSSL reads. */
    public String pem() {
        return Pem.write("PUBLIC KEY", encoded());
    }

    /** Short enough to be compared by eye: the SHA-256 of the key, as OpenSSH writes fingerprints. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(raw(text));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether the signature, in base64, is this key's over that text; false also for what is no signature at all. */
    boolean signed(String what, String signature) {
        try {
            byte[] given = Base64.getDecoder().decode(signature);
            if (!Base64.getEncoder().encodeToString(given).equals(signature)) {
                return false;
            }
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(decoded(text));
            verifier.update(what.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(given);
        } catch (GeneralSecurityException | IllegalArgumentException notOne) {
            return false;
        }
    }

    /** To decode one takes about as long as to verify with it, and a chain has one or two. */
    private PublicKey decoded(String key) throws GeneralSecurityException {
        PublicKey known = DECODED.get(key);
        if (known == null) {
            known = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded()));
            if (DECODED.size() < MOST_DECODED) {
                DECODED.put(key, known);
            }
        }
        return known;
    }

    private byte[] encoded() {
        byte[] raw = raw(text);
        byte[] encoded = Arrays.copyOf(HEAD, HEAD.length + raw.length);
        System.arraycopy(raw, 0, encoded, HEAD.length, raw.length);
        return encoded;
    }

    private static byte[] raw(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a key begins with " + PREFIX);
        }
        byte[] raw = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        if (raw.length != BYTES || !text.equals(PREFIX + Base64.getEncoder().encodeToString(raw))) {
            throw new IllegalArgumentException("a key has 32 bytes in base64");
        }
        return raw;
    }
}
