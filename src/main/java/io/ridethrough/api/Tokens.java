package io.ridethrough.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Who may call: the bearer token whose SHA-256 is kept. Compared in constant time. */
public final class Tokens {
    private final byte[] digest;

    /** @param digest SHA-256 of the token, hex */
    public Tokens(String digest) {
        this.digest = HexFormat.of().parseHex(digest);
    }

    /** The digest to keep of a new token. */
    public static String digestOf(String token) {
        return HexFormat.of().formatHex(sha256(token));
    }

    boolean admits(@Nullable String authorization) {
        String prefix = "Bearer ";
        return authorization != null
                && authorization.startsWith(prefix)
                && MessageDigest.isEqual(
                        digest, sha256(authorization.substring(prefix.length()).strip()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
