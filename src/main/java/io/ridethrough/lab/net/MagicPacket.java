package io.ridethrough.lab.net;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The Wake-on-LAN frame as a network card reads it (protocols 10): six times FF, then sixteen times the MAC. */
final class MagicPacket {
    private static final int MAC = 6;

    private MagicPacket() {}

    /** The MAC that is called, in lower case with colons; empty when the bytes are no magic packet. */
    static Optional<String> mac(byte[] bytes) {
        if (bytes.length < 17 * MAC) {
            return Optional.empty();
        }
        for (int i = 0; i < MAC; i++) {
            if (bytes[i] != (byte) 0xff) {
                return Optional.empty();
            }
        }
        for (int i = 2 * MAC; i < 17 * MAC; i++) {
            if (bytes[i] != bytes[i - MAC]) {
                return Optional.empty();
            }
        }
        return Optional.of(HexFormat.ofDelimiter(":").formatHex(Arrays.copyOfRange(bytes, MAC, 2 * MAC)));
    }
}
