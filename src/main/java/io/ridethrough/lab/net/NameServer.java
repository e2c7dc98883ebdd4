package io.ridethrough.lab.net;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A name server over UDP that is silent while its asset is down. */
public final class NameServer implements AutoCloseable {
    private final UdpEar ear;

    public NameServer(BooleanSupplier up) {
        ear = new UdpEar("lab-dns", query -> up.getAsBoolean() ? DnsVoice.answer(query) : Optional.empty());
    }

    public InetSocketAddress address() {
        return ear.address();
    }

    @Override
    public void close() {
        ear.close();
    }
}
