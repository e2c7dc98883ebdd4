package io.ridethrough.cli;

import io.ridethrough.lab.LabGuard;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.WiringFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The service of a lab, in a process of its own that can be killed and started again over the same state, while the
 * simulated sites live on here. It arms the guard before it does anything and ends when this process ends.
 */
final class LabService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> program;
    private final Path config;
    private final Path log;
    private final Path wiring;
    private final double speed;
    private final Instant since = Instant.now();
    private final ServiceClient client;
    private final String address;
    private Process process;

    /**
     * Answers when this returns.
     *
     * @param program how the product is started: the java of this process with the product's jar
     * @param at where the state, the settings and the log of the service go
     */
    LabService(List<String> program, Path at, Settings settings, Path contracts, LabWorld world, double speed)
            throws IOException, InterruptedException {
        Settings own = settings.onFreePort()
                .with("ridethrough.power.tick", "50")
                .with(
                        "ridethrough.receipts.anchor",
                        LabReceipts.anchor(at).toAbsolutePath().toString())
                .with("ridethrough.home", at.resolve("state").toAbsolutePath().toString())
                .with("ridethrough.contracts", contracts.toAbsolutePath().toString())
                .with(
                        "ridethrough.routes",
                        settings.path("ridethrough.routes").toAbsolutePath().toString());
        this.program = List.copyOf(program);
        this.speed = speed;
        this.log = at.resolve("service.log");
        this.config = at.resolve("lab.properties");
        List<String> lines = new ArrayList<>();
        new TreeMap<>(own.values()).forEach((key, value) -> lines.add(key + " = " + value.replace("\\", "\\\\")));
        Files.write(config, lines);
        this.wiring = WiringFile.write(world.wiring(), at.resolve("wiring.json"));
        this.client = new ServiceClient(
                own.text("ridethrough.http.host"),
                own.port(),
                Home.at(at.resolve("state")).token());
        this.address = "http://" + own.text("ridethrough.http.host") + ":" + own.port();
        this.process = start();
        try {
            awaitAnswer();
        } catch (UserError | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** The product as it was started here: its jar, whose launcher agent is the guard. */
    static List<String> product() {
        String path = System.getProperty("java.class.path");
        if (path.contains(File.pathSeparator) || !path.endsWith(".jar")) {
            throw new UserError("the lab starts its service as java -jar; start the lab so too");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of(path).toAbsolutePath().toString());
    }

    ServiceClient client() {
        return client;
    }

    String address() {
        return address;
    }

    /** Its settings, by which other commands find it. */
    Path config() {
        return config;
    }

    /** Ends it with SIGKILL: nothing of it runs on; its process id. */
    long kill() throws InterruptedException {
        long pid = process.pid();
        process.destroyForcibly().waitFor();
        return pid;
    }

    /** Starts it again over the state that it left; answers when this returns. */
    void again() throws IOException, InterruptedException {
        process = start();
        awaitAnswer();
    }

    /** What its guard refused, a line each; also what was refused before it was killed. */
    List<String> refusedByGuard() {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.contains(LabGuard.REFUSED))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() throws IOException {
        List<String> line = new ArrayList<>(program);
        line.addAll(List.of(
                "serve",
                "--config",
                config.toString(),
                "--lab-world",
                wiring.toString(),
                "--lab-speed",
                Double.toString(speed),
                "--lab-since",
                since.toString()));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("RIDETHROUGH_"));
        return builder.start();
    }

    private void awaitAnswer() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                client.get("sites").orRefusal();
                return;
            } catch (ServiceClient.NoService notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new UserError("the lab's service did not start; see " + log);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @Override
    public void close() {
        end(process);
    }

    /** Ends a process: kindly first, and after twenty seconds surely. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
