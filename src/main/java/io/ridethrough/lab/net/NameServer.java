package io.ridethrough.lab.net;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A name server over UDP that is silent while its asset is down, and tells 0.0.0.0 of what it blocks. */
public final class NameServer implements AutoCloseable {
    private final UdpEar ear;

    public NameServer(BooleanSupplier up, Predicate<String> blocks) {
        ear = new UdpEar("lab-dns", query -> up.getAsBoolean() ? DnsVoice.answer(query, blocks) : Optional.empty());
    }

    public InetSocketAddress address() {
        return ear.address();
    }

    @Override
    public void close() {
        ear.close();
    }
}
