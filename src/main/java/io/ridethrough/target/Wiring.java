package io.ridethrough.target;

import java.net.InetSocketAddress;

/**
 * Where a declared address really is. In service an address is itself; in the lab every one of them is a loopback
 * socket. Everything that opens a socket to a target asks here first. Thread-safe.
 */
public interface Wiring {
    /** The address for a TCP connect; unresolved when {@code host} is a name that nothing knows. */
    InetSocketAddress tcp(String host, int port);

    /** The address for a datagram; unresolved when {@code host} is a name that nothing knows. */
    InetSocketAddress udp(String host, int port);

    /** Every address is itself. A name is looked up by the machine's resolver, which may take its time. */
    static Wiring direct() {
        return new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                return new InetSocketAddress(host, port);
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                return new InetSocketAddress(host, port);
            }
        };
    }
}
