package io.ridethrough.realparts;

import io.ridethrough.lab.net.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real OpenSSH server as a host under test, on an ephemeral port of 127.0.0.1, logged in to as root by a key made for
 * it. Needs root and {@code openssh-server}.
 *
 * <p>Remote commands find the scripts written by {@link #command} first in their {@code PATH}; {@code $EVENTS} is a file
 * they may append lines to ({@code echo "$@" >> "$EVENTS"}, short lines are atomic), read by {@link #events()};
 * {@code $STATE} is a folder of their own. {@link #stop()}, {@link #freeze()} and {@link #changeHostKey()} are the
 * faults. A stopped host keeps its port, scripts, keys and logs for the next {@link #start()}.
 */
public final class OpenSsh implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final List<String> settings;
    private Process sshd = none();

    private OpenSsh(Path folder, int port, List<String> settings) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
    }

    /**
     * Makes keys and starts a server that answers when this returns.
     *
     * @param folder an own folder, made if missing
     * @param settings further lines of sshd_config, for example {@code "MaxSessions 3"}
     */
    public static OpenSsh start(Path folder, String... settings) {
        try {
            Files.createDirectories(Path.of("/run/sshd"));
            for (String part : List.of("bin", "home", "state")) {
                Files.createDirectories(folder.resolve(part));
            }
            Files.createFile(folder.resolve("events"));
            Files.createFile(folder.resolve("sshd.log"));
            OpenSsh host = new OpenSsh(folder, FreePort.onLoopback(), List.of(settings));
            host.makeKey("host_key");
            host.makeKey("identity");
            host.start();
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after {@link #stop()}, on the same port. */
    public void start() {
        List<String> lines = new ArrayList<>(List.of(
                "ListenAddress 127.0.0.1:" + port,
                "HostKey " + folder.resolve("host_key"),
                "AuthorizedKeysFile " + folder.resolve("identity.pub"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "UseDNS no",
                "PermitRootLogin yes",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "LogLevel VERBOSE",
                "SetEnv PATH=" + folder.resolve("bin") + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
                        + " HOME=" + folder.resolve("home") + " EVENTS=" + folder.resolve("events") + " STATE="
                        + folder.resolve("state")));
        // The first value of a keyword counts, so these win.
        lines.addAll(0, settings);
        try {
            Path config = folder.resolve("sshd_config");
            Files.write(config, lines);
            sshd = new ProcessBuilder(
                            SSHD.toString(), "-D", "-f", config.toString(), "-E", folder.resolve("sshd.log") + "")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("sshd.out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Until.holds(() -> answers() || !sshd.isAlive(), Duration.ofMinutes(2), this::log);
        if (!sshd.isAlive()) {
            throw new AssertionError("sshd did not start: " + read("sshd.out") + log());
        }
    }

    public int port() {
        return port;
    }

    /** The private key that may log in as root; only its owner may read it. */
    public Path identity() {
        return folder.resolve("identity");
    }

    /** The line that pins this host's present key, under the address by which tests declare it. */
    public String knownHostsLine(String declaredHost, int declaredPort) {
        String[] key = read("host_key.pub").split(" ", 3);
        return "[" + declaredHost + "]:" + declaredPort + " " + key[0] + " " + key[1];
    }

    /** The same for {@code 127.0.0.1} and the real port. */
    public String knownHostsLine() {
        return knownHostsLine("127.0.0.1", port);
    }

    /** Puts a command in front of the PATH of remote commands: the body of a POSIX shell script. */
    public OpenSsh command(String name, String... body) {
        try {
            Path next = folder.resolve("state").resolve("." + name);
            Files.writeString(next, "#!/bin/sh\n" + String.join("\n", body) + "\n");
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(next, folder.resolve("bin").resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What commands wrote to {@code $EVENTS} so far, line by line. */
    public List<String> events() {
        return read("events").lines().toList();
    }

    /** The folder {@code $STATE} of the commands. */
    public Path state() {
        return folder.resolve("state");
    }

    /** sshd's own log. */
    public String log() {
        return read("sshd.log");
    }

    /** How often a login was accepted, by sshd's own log. */
    public long logins() {
        return log().lines()
                .filter(line -> line.startsWith("Accepted publickey"))
                .count();
    }

    /** Whether a TCP connect is taken now. */
    public boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills the server and everything that was started through it: peers see their connections closed. */
    public void stop() {
        List<ProcessHandle> all = family();
        all.forEach(ProcessHandle::destroyForcibly);
        Until.holds(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Closes only the standing connections; the server goes on listening. */
    public void dropConnections() {
        List<ProcessHandle> sessions = sshd.descendants().toList();
        sessions.forEach(ProcessHandle::destroyForcibly);
        Until.holds(() -> sessions.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Stops everything with SIGSTOP: connections stand and connects are taken, but nothing is ever answered. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on after {@link #freeze()}. */
    public void thaw() {
        signal("-CONT");
    }

    /** Gives it another key, as a host that was installed anew or is not the one it was. Stops it and starts it. */
    public void changeHostKey() {
        stop();
        try {
            Files.delete(folder.resolve("host_key"));
            Files.delete(folder.resolve("host_key.pub"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        makeKey("host_key");
        start();
    }

    @Override
    public void close() {
        stop();
    }

    private List<ProcessHandle> family() {
        return Stream.concat(Stream.of(sshd.toHandle()), sshd.descendants()).toList();
    }

    /** A process that ended meanwhile needs no signal. */
    private void signal(String signal) {
        for (ProcessHandle process : family()) {
            if (process.isAlive()) {
                exitCode("kill", signal, Long.toString(process.pid()));
            }
        }
    }

    private void makeKey(String name) {
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve(name).toString());
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process none() {
        try {
            return new ProcessBuilder("true").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... line) {
        if (exitCode(line) != 0) {
            throw new AssertionError("failed: " + Arrays.toString(line));
        }
    }

    private static int exitCode(String... line) {
        try {
            Process process = new ProcessBuilder(line).inheritIO().start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("does not end: " + Arrays.toString(line));
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
