package io.ridethrough.cli;

import io.ridethrough.lab.HostPort;
import io.ridethrough.lab.LabWiring;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lab's world as the product's ports see it. An address that the lab does not have leads nowhere. */
final class LabClient {
    private LabClient() {}

    static Service.World world(LabWorld lab, String name, double speed) {
        LabWiring wiring = lab.wiring();
        return new Service.World(
                name,
                speed,
                new Wiring() {
                    @Override
                    public InetSocketAddress tcp(String host, int port) {
                        return wiring.tcp()
                                .getOrDefault(
                                        new HostPort(host, port), InetSocketAddress.createUnresolved("nowhere", port));
                    }

                    @Override
                    public InetSocketAddress udp(String host, int port) {
                        return wiring.udp()
                                .getOrDefault(
                                        new HostPort(host, port), InetSocketAddress.createUnresolved("nowhere", port));
                    }
                },
                secrets(wiring),
                wiring.knownHosts(),
                ups -> wiring.brokers().getOrDefault(ups.source().broker(), "tcp://127.0.0.1:1"));
    }

    private static Secrets secrets(LabWiring wiring) {
        return name -> {
            Path file = wiring.identities().get(name);
            if (file == null) {
                throw new Secrets.UnusableSecretException("the lab has no secret \"" + name + "\"");
            }
            try {
                return new Secret(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new Secrets.UnusableSecretException(file + ": " + e.getMessage());
            }
        };
    }
}
