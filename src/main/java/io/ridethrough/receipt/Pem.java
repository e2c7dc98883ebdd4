package io.ridethrough.receipt;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bytes between two lines that say what they are (RFC 7468). */
final class Pem {
    private static final int WIDTH = 64;

    private Pem() {}

    static String write(String label, byte[] bytes) {
        byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(WIDTH, lineEnd).encodeToString(bytes)
                + "\n-----END " + label + "-----\n";
    }

    /** @throws IllegalArgumentException when the text is not that */
    static byte[] read(String label, String text) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        String given = text.strip();
        if (!given.startsWith(begin) || !given.endsWith(end) || given.length() < begin.length() + end.length()) {
            throw new IllegalArgumentException("it does not begin with \"" + begin + "\"");
        }
        return Base64.getMimeDecoder().decode(given.substring(begin.length(), given.length() - end.length()));
    }
}
