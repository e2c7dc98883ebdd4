package io.ridethrough.cli;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The addresses of this machine's network cards, in lower case with colons; none where the system does not tell. */
final class OwnMacs implements Supplier<Set<String>> {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    @Override
    public Set<String> get() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .map(OwnMacs::mac)
                    .filter(mac -> !mac.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            return Set.of();
        }
    }

    private static String mac(NetworkInterface card) {
        try {
            byte[] address = card.getHardwareAddress();
            return address == null ? "" : COLONS.formatHex(address);
        } catch (SocketException e) {
            return "";
        }
    }
}
