package io.ridethrough.lab;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SshAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The far side of the lab as a stranger sees it: OpenSSH's client, mosquitto's client, a raw datagram. */
final class RealClients {
    /** What a program left behind. */
    record Said(int exit, String out, String err) {}

    private final LabWiring wiring;

    RealClients(LabWiring wiring) {
        this.wiring = wiring;
    }

    Said ssh(String user, String host, String line) {
        return sshLater(user, host, line).join();
    }

    Said ssh(SshAccess access, String line) {
        return sshLater(access, line).join();
    }

    CompletableFuture<Said> sshLater(String user, String host, String line) {
        return sshLater(new SshAccess(host, 22, user, "ssh/attic", false), line);
    }

    private CompletableFuture<Said> sshLater(SshAccess access, String line) {
        InetSocketAddress at = wiring.tcp().get(new HostPort(access.host(), access.port()));
        Path identity = wiring.identities().get(access.identity());
        if (at == null || identity == null) {
            throw new IllegalArgumentException("not wired: " + access);
        }
        return run(List.of(
                "ssh",
                "-F",
                "none",
                "-i",
                identity.toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + wiring.knownHosts(),
                "-o",
                "GlobalKnownHostsFile=/dev/null",
                "-p",
                Integer.toString(at.getPort()),
                access.user() + "@127.0.0.1",
                line));
    }

    /** mosquitto_sub until {@code count} messages came, as {@code retained topic payload} lines. */
    CompletableFuture<Said> subscribe(String topic, int count) {
        int port =
                java.net.URI.create(wiring.brokers().values().iterator().next()).getPort();
        return run(List.of(
                "mosquitto_sub",
                "-V",
                "mqttv5",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-t",
                topic,
                "-F",
                "%r %t %p",
                "-C",
                Integer.toString(count),
                "-W",
                "20"));
    }

    void wake(HostPort broadcast, String mac) {
        byte[] one = HexFormat.ofDelimiter(":").parseHex(mac);
        byte[] packet = new byte[102];
        java.util.Arrays.fill(packet, 0, 6, (byte) 0xff);
        for (int i = 0; i < 16; i++) {
            System.arraycopy(one, 0, packet, 6 + 6 * i, 6);
        }
        InetSocketAddress at = wiring.udp().get(broadcast);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(packet, packet.length, at));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CompletableFuture<Said> run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new java.io.File("/dev/null"))
                    .start();
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            return process.onExit()
                    .orTimeout(60, TimeUnit.SECONDS)
                    .thenApply(done -> new Said(done.exitValue(), out.join(), err.join()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> log(LabWorld world, AssetId host) {
        return new ArrayList<>(world.events())
                .stream()
                        .filter(e -> e.host().equals(host.toString()))
                        .map(e -> String.join(" ", e.command(), e.verb(), e.id(), e.what()));
    }
}
