package io.ridethrough.lab.net;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/** Stands for a subnet's broadcast address: hears magic packets. */
public final class WakeEar implements AutoCloseable {
    private final UdpEar ear;

    /** @param onMac called with the MAC of each packet, lower case with colons */
    public WakeEar(Consumer<String> onMac) {
        ear = new UdpEar("lab-wake", bytes -> {
            MagicPacket.mac(bytes).ifPresent(onMac);
            return Optional.empty();
        });
    }

    public InetSocketAddress address() {
        return ear.address();
    }

    @Override
    public void close() {
        ear.close();
    }
}
