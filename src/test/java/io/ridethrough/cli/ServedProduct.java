package io.ridethrough.cli;

import io.ridethrough.lab.net.FreePort;
import io.ridethrough.realparts.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The product as people run it: {@code serve} in a process of its own, and its commands in others. */
final class ServedProduct implements AutoCloseable {
    /** How a command ended. */
    record Said(int code, String out) {}

    private final Path folder;
    private final Path config;
    private final Process process;
    private final ServiceClient client;

    /**
     * Answers when this returns.
     *
     * @param home as an installation has it, with its known hosts and secrets
     */
    ServedProduct(Path folder, Path home, Path contracts) throws IOException {
        this(List.of(), folder, home, contracts);
    }

    /** The same, started by another program: what comes before its command line. */
    ServedProduct(List<String> by, Path folder, Path home, Path contracts) throws IOException {
        this.folder = folder;
        int port = FreePort.onLoopback();
        this.config = Files.writeString(
                folder.resolve("application.properties"),
                Files.readString(Path.of("application.properties")) + "\nridethrough.home = " + home
                        + "\nridethrough.contracts = " + contracts + "\nridethrough.routes = "
                        + Path.of("routes").toAbsolutePath() + "\nridethrough.http.port = " + port + "\n");
        this.process = ChildJvm.start(
                folder.resolve("serve.log"),
                Stream.concat(by.stream(), ChildJvm.JAVA.stream()).toList(),
                Ridethrough.class,
                with(config, "serve"));
        Until.holds(
                () -> log().contains("Sites only watch until armed") || !process.isAlive(),
                Duration.ofSeconds(60),
                this::log);
        if (!process.isAlive()) {
            throw new AssertionError("not served: " + log());
        }
        this.client = new ServiceClient("127.0.0.1", port, Home.at(home).token());
    }

    ServiceClient client() {
        return client;
    }

    /** Runs a command of the product to its end. */
    Said ridethrough(String... arguments) throws IOException, InterruptedException {
        Process command = new ProcessBuilder(ChildJvm.line(Ridethrough.class, with(config, arguments)))
                .redirectErrorStream(true)
                .start();
        String out = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!command.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end: " + out);
        }
        return new Said(command.exitValue(), out);
    }

    /** What the service said so far. */
    String log() {
        try {
            return Files.readString(folder.resolve("serve.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends it with SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        LabService.end(process);
    }

    private static Object[] with(Path config, String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--config", config))
                .toArray();
    }
}
