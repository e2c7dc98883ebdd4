package io.ridethrough.lab;

/** An address as contracts declare it. */
public record HostPort(String host, int port) {
    public HostPort {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
