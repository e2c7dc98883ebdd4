package io.ridethrough.target.wake;

import java.util.HexFormat;
import java.util.Locale;

/** The 102 bytes that wake one network card: six of {@code FF}, then its address sixteen times (protocols 10). */
public record MagicPacket(String mac) {
    private static final int TIMES = 16;
    private static final int MAC = 6;

    public MagicPacket {
        if (!mac.matches("(?i)[0-9a-f]{2}([:-]?[0-9a-f]{2}){5}")) {
            throw new IllegalArgumentException("not a MAC address: \"" + mac + "\"");
        }
    }

    /** A new array each time. */
    public byte[] bytes() {
        byte[] address = HexFormat.of().parseHex(mac.replaceAll("[:-]", "").toLowerCase(Locale.ROOT));
        byte[] packet = new byte[MAC + TIMES * MAC];
        java.util.Arrays.fill(packet, 0, MAC, (byte) 0xff);
        for (int i = 1; i <= TIMES; i++) {
            System.arraycopy(address, 0, packet, i * MAC, MAC);
        }
        return packet;
    }
}
