package io.ridethrough.cli;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.lab.HostPort;
import io.ridethrough.lab.LabWiring;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.Pins;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;

/** The lab's world as the product's ports see it. An address that the lab does not have leads nowhere. */
final class LabClient {
    private static final String ANY_LOGIN = "lab:lab";

    private LabClient() {}

    /** What stands on every screen and receipt of a lab. */
    static String banner(double speed) {
        return String.format(Locale.ROOT, "LAB x%.0f", speed);
    }

    /** The world of a lab in another process. */
    static Service.World world(LabWiring wiring, String name, double speed) {
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
                pins(wiring),
                mqtt -> wiring.brokers().getOrDefault(mqtt.broker(), "tcp://127.0.0.1:1"));
    }

    /** Every certificate of the lab is signed by the lab's own authority, and nothing else is trusted in it. */
    private static Pins pins(LabWiring wiring) {
        try {
            Pin lab = Pin.authority(wiring.authority());
            return new Pins() {
                @Override
                public Optional<Pin> pin(AssetId target) {
                    return Optional.of(lab);
                }

                @Override
                public Pin declared(ApiAccess.Tls tls) {
                    return lab;
                }
            };
        } catch (CertificateException e) {
            throw new IllegalStateException("the lab's own authority cannot be read", e);
        }
    }

    /** Identities are files of the lab; every other secret is a login at a broker, and the lab's takes any. */
    private static Secrets secrets(LabWiring wiring) {
        return name -> {
            String login = wiring.logins().get(name);
            if (login != null) {
                return Secret.of(login);
            }
            Path file = wiring.identities().get(name);
            if (file == null) {
                return Secret.of(ANY_LOGIN);
            }
            try {
                return new Secret(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new Secrets.UnusableSecretException(file + ": " + e.getMessage());
            }
        };
    }
}
