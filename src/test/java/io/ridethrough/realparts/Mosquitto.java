package io.ridethrough.realparts;

import io.ridethrough.lab.net.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real mosquitto on a port of 127.0.0.1 that stays the same while it stops and starts. It keeps nothing on disk. */
public final class Mosquitto implements AutoCloseable {
    private final Path folder;
    private final int port;
    private @Nullable Process process;
    private List<String> login = List.of();
    private String tls = "";
    private List<String> trust = List.of();
    private List<String> access = List.of();

    /** Chooses a port; starts nothing. */
    public Mosquitto(Path folder) {
        this.folder = folder;
        this.port = FreePort.onLoopback();
    }

    /** From its next start on it takes this login only; publishing here uses it. */
    public Mosquitto demands(String user, String password) {
        try {
            Path file = folder.resolve("passwords");
            Process made = new ProcessBuilder("mosquitto_passwd", "-b", "-c", file.toString(), user, password)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("passwd.log").toFile())
                    .start();
            if (made.waitFor() != 0) {
                throw new AssertionError(Files.readString(folder.resolve("passwd.log")));
            }
            login = List.of("-u", user, "-P", password);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** From its next start on it speaks TLS only; publishing here trusts that authority, and no name. */
    public Mosquitto shows(Certificates.Issued shown, Path authority) {
        tls = "certfile " + shown.certificate() + "\nkeyfile " + shown.key() + "\n";
        trust = List.of("--cafile", authority.toString(), "--insecure");
        return this;
    }

    /** How often it has told a client that its login is not good. */
    public long refusals() {
        return log().lines().filter(line -> line.contains("not authori")).count();
    }

    /** Whether any client has said who it is. */
    public boolean wasLoggedInTo() {
        return log().contains("u'");
    }

    /** From its next start on that user may do what these lines of its access list say; who gives no name may do all. */
    public Mosquitto lets(String user, String password, List<String> lines) {
        demands(user, password);
        login = List.of();
        access = new ArrayList<>(List.of("topic readwrite #", "user " + user));
        access.addAll(lines);
        return this;
    }

    /** How often a client has asked so far to be told of something. */
    public long subscriptions() {
        return log().lines()
                .filter(line -> line.contains("Received SUBSCRIBE from "))
                .count();
    }

    /** How many messages the clients whose id begins so have acknowledged so far: they have taken each of them. */
    public long acknowledged(String client) {
        return log().lines()
                .filter(line -> line.contains("Received PUBACK from " + client))
                .count();
    }

    /** What it has logged so far. */
    public String log() {
        try {
            return Files.readString(folder.resolve("mosquitto.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients find it. */
    public String address() {
        return (tls.isEmpty() ? "tcp" : "ssl") + "://127.0.0.1:" + port;
    }

    /** The port that it has whenever it is up. */
    public int port() {
        return port;
    }

    /** Answers when this returns. */
    public Mosquitto start() {
        try {
            Path list = Files.write(folder.resolve("access"), access);
            Path passwords = folder.resolve("passwords");
            Path config = Files.writeString(
                    folder.resolve("mosquitto.conf"),
                    "listener " + port + " 127.0.0.1\n" + tls + "persistence false\nuser root\n"
                            + "log_type all\n"
                            + "allow_anonymous " + login.isEmpty() + "\n"
                            + (Files.exists(passwords) ? "password_file " + passwords + "\n" : "")
                            + (access.isEmpty() ? "" : "acl_file " + list + "\n"));
            process = new ProcessBuilder("/usr/sbin/mosquitto", "-c", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("mosquitto.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Until.holds(() -> answers(port), Duration.ofMinutes(2), () -> "mosquitto answers on " + port);
        return this;
    }

    /** Whether it was started and not stopped. */
    public boolean isUp() {
        return process != null;
    }

    /** Kills it; every connection breaks, retained messages are gone. */
    public void stop() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
            process = null;
        }
    }

    /** Publishes at QoS 1. */
    public void publish(String topic, String payload) {
        publish(topic, bytes(payload));
    }

    /** Publishes at QoS 1 and leaves the message for those who subscribe later. */
    public void retain(String topic, String payload) {
        publish(topic, bytes(payload), "-r");
    }

    /** Publishes any bytes, with further options of mosquitto_pub. */
    public void publish(String topic, byte[] payload, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "mosquitto_pub",
                "-V",
                "mqttv5",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-q",
                "1",
                "-t",
                topic,
                payload.length == 0 ? "-n" : "-s"));
        command.addAll(login);
        command.addAll(trust);
        command.addAll(List.of(options));
        try {
            Process pub = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("pub.log").toFile())
                    .start();
            try (var in = pub.getOutputStream()) {
                in.write(payload);
            }
            if (!pub.waitFor(2, TimeUnit.MINUTES) || pub.exitValue() != 0) {
                throw new AssertionError("not published: " + Files.readString(folder.resolve("pub.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
