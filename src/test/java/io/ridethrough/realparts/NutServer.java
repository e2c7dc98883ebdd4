package io.ridethrough.realparts;

import io.ridethrough.lab.net.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * NUT as it is: one {@code dummy-ups} driver for each UPS, and the {@code upsd} that serves them on a port of 127.0.0.1
 * (protocols 6). Needs root and {@code nut-server}, {@code nut-client}, {@code faketime}. The drivers poll once in a
 * second of their own clock, ten of which are one of the machine's: a rewritten file is served within a fifth of one.
 */
public final class NutServer implements AutoCloseable {
    private static final String PASSWORD = "attic";
    /** So that a machine that has much else to do is no failure. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A driver cannot be told to poll more often than once a second; of its own seconds it can be given more. */
    private static final int SECONDS_OF_A_DRIVER = 10;

    private final Path folder;
    private final int port = FreePort.onLoopback();
    private final Instant dated = Instant.now();
    private final AtomicInteger written = new AtomicInteger();
    private final Map<String, Process> processes = new LinkedHashMap<>();

    private NutServer(Path folder) {
        this.folder = folder;
    }

    /** Starts a driver for each name, and upsd; every UPS says that it is on mains and full when this returns. */
    public static NutServer start(Path folder, String... upses) {
        NutServer nut = new NutServer(folder);
        try {
            Files.createDirectories(folder.resolve("state"));
            nut.configure(upses);
            for (String ups : upses) {
                nut.says(ups, "OL", 100);
                nut.startDriver(ups);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nut.startServer();
        for (String ups : upses) {
            Until.holds(() -> nut.status(ups).equals("OL"), PATIENCE, nut::log);
        }
        return nut;
    }

    /** Rewrites the file that the driver of this UPS reads. */
    public void says(String ups, String status, int charge) {
        says(ups, status, charge, Duration.ofSeconds(charge * 12L));
    }

    /** The same, with the runtime that it is to tell. */
    public void says(String ups, String status, int charge, Duration runtime) {
        replays(
                ups,
                "ups.status: " + status + "\nbattery.charge: " + charge + "\nbattery.runtime: " + runtime.toSeconds()
                        + "\n");
    }

    /**
     * Lets the driver read this file from its beginning, as it is: NUT's variables, and {@code TIMER} between them, in
     * seconds of its own clock.
     */
    public void replays(String ups, String file) {
        try {
            Path next = Files.writeString(folder.resolve(ups + ".next"), file);
            // The driver tells a new file by the second of its date: two of one second would be one to it.
            Files.setLastModifiedTime(next, FileTime.from(dated.plusSeconds(written.incrementAndGet())));
            Files.move(next, folder.resolve(ups + ".dev"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the driver of a UPS again. */
    public void startDriver(String ups) {
        try {
            run(
                    "driver-" + ups,
                    "env",
                    "LD_PRELOAD=" + FakeTime.library(),
                    "FAKETIME=+0 x" + SECONDS_OF_A_DRIVER,
                    "NO_FAKE_STAT=1",
                    program("dummy-ups"),
                    "-a",
                    ups,
                    "-u",
                    "root",
                    "-D");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a real {@code upsmon} that follows a UPS as a secondary; shutting down, it makes the file. */
    public void secondary(String ups, Path file) {
        try {
            Files.writeString(
                    folder.resolve("upsmon.conf"),
                    "MONITOR " + address(ups) + " 1 follower " + PASSWORD + " secondary\nMINSUPPLIES 1\n"
                            + "SHUTDOWNCMD \"/bin/touch " + file + "\"\nPOLLFREQ 1\nPOLLFREQALERT 1\nDEADTIME 15\n"
                            + "HOSTSYNC 2\nFINALDELAY 0\nRUN_AS_USER root\n");
            run("upsmon", program("upsmon"), "-u", "root", "-D");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Until.holds(() -> ask("upsc", "-c", address(ups)).contains("127.0.0.1"), PATIENCE, this::log);
    }

    /** Calls for a forced shutdown as a primary does; upsd says FSD from then on, until it is started anew. */
    public void force(String ups) {
        try (Socket primary = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader said = new BufferedReader(
                        new InputStreamReader(primary.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line : List.of("USERNAME leader", "PASSWORD " + PASSWORD, "FSD " + ups)) {
                primary.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
                String answer = said.readLine();
                if (answer == null || !answer.startsWith("OK")) {
                    throw new AssertionError(line + ": " + answer);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the status through upsd, as {@code upsrw} does; it holds until the file is rewritten. */
    public void set(String ups, String status) {
        ask("upsrw", "-s", "ups.status=" + status, "-u", "admin", "-p", PASSWORD, address(ups));
        Until.holds(() -> status(ups).equals(status), PATIENCE, this::log);
    }

    /** What upsd says now; empty while it does not. */
    public String status(String ups) {
        return ask("upsc", address(ups), "ups.status").strip();
    }

    /** By this name NUT's clients find it. */
    public String address(String ups) {
        return ups + "@127.0.0.1:" + port;
    }

    /** The port of 127.0.0.1 that it is asked on. */
    public int port() {
        return port;
    }

    /** Kills upsd: its port is closed. */
    public void killServer() {
        end("upsd");
    }

    /** Starts upsd again; it takes connections when this returns. */
    public void startServer() {
        try {
            run("upsd", program("upsd"), "-u", "root", "-D");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Until.holds(() -> Mosquitto.answers(port), PATIENCE, this::log);
    }

    /** Starts upsd and the driver of a UPS where they do not run. */
    public void startWhatIsDead(String ups) {
        if (!lives("driver-" + ups)) {
            startDriver(ups);
        }
        if (!lives("upsd")) {
            startServer();
        }
    }

    private boolean lives(String name) {
        Process process = processes.get(name);
        return process != null && process.isAlive();
    }

    /** Kills the driver of a UPS, which upsd then calls stale. */
    public void killDriver(String ups) {
        end("driver-" + ups);
    }

    private void end(String name) {
        Process process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        processes.values().forEach(process -> process.destroyForcibly().onExit().join());
    }

    private void configure(String... upses) throws IOException {
        String drivers = Arrays.stream(upses)
                .map(ups -> "[" + ups + "]\n  driver = dummy-ups\n  mode = dummy-once\n  port = "
                        + folder.resolve(ups + ".dev") + "\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("ups.conf"), "pollinterval = 1\n" + drivers);
        Files.writeString(folder.resolve("upsd.conf"), "LISTEN 127.0.0.1 " + port + "\n");
        Files.writeString(
                folder.resolve("upsd.users"),
                "[admin]\n  password = \"" + PASSWORD + "\"\n  actions = SET\n[follower]\n  password = \"" + PASSWORD
                        + "\"\n  upsmon secondary\n[leader]\n  password = \"" + PASSWORD + "\"\n  upsmon primary\n");
    }

    private void run(String name, String... command) throws IOException {
        processes.put(
                name,
                builder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".log").toFile())
                        .start());
    }

    private String ask(String... command) {
        try {
            Process process = builder(command)
                    .redirectError(folder.resolve("client.log").toFile())
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("no answer: " + List.of(command));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        String state = folder.resolve("state").toString();
        builder.environment()
                .putAll(Map.of("NUT_CONFPATH", folder.toString(), "NUT_STATEPATH", state, "NUT_ALTPIDPATH", state));
        return builder;
    }

    /** Past Debian's wrapper, which heeds the machine's own {@code nut.conf}. */
    private static String program(String name) {
        return Stream.of("/lib/nut/", "/usr/lib/nut/", "/usr/libexec/nut/", "/usr/sbin/")
                .map(place -> place + name)
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst()
                .orElseThrow();
    }

    public String log() {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                all.append(file).append('\n').append(Files.readString(file)).append('\n');
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
