package io.ridethrough.target;

import java.nio.charset.StandardCharsets;

/** A secret in memory. It never shows itself: not in logs, not in records, not by {@link #toString()}. */
public final class Secret {
    private final byte[] bytes;

    public Secret(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A text that must not be shown. */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the value. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The value as text, without the line break that editors add at its end. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public String toString() {
        return "***";
    }
}
