package io.ridethrough.lab;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the declared addresses are in the lab. An address that is absent is nowhere: the client must refuse it.
 *
 * @param tcp declared address to loopback, for SSH, probes, proofs of off, brokers
 * @param udp declared address to loopback, for magic packets (broadcast address and port) and DNS
 * @param brokers declared broker URI to the loopback URI
 * @param knownHosts the pinned host keys, by loopback port and by declared name
 * @param identities the private key file that stands for each declared SSH secret
 * @param authority the PEM of the authority that signs every certificate of the lab
 * @param logins what stands for each other declared secret
 */
public record LabWiring(
        Map<HostPort, InetSocketAddress> tcp,
        Map<HostPort, InetSocketAddress> udp,
        Map<String, String> brokers,
        Path knownHosts,
        Map<String, Path> identities,
        String authority,
        Map<String, String> logins) {
    public LabWiring {
        tcp = Map.copyOf(tcp);
        udp = Map.copyOf(udp);
        brokers = Map.copyOf(brokers);
        identities = Map.copyOf(identities);
        logins = Map.copyOf(logins);
    }
}
