package io.ridethrough.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * Types commands as pages show them, at an installation of a test's own.
 *
 * @param folder where files that a command names are, and what it writes goes
 * @param config the installation's settings
 */
record Typist(Path folder, Path config) {
    /** At a service that runs in this process. */
    static Typist at(Service service, Path folder, Path contracts) throws IOException {
        return at(URI.create(service.address()).getPort(), folder, contracts);
    }

    /** At a port of loopback, whether a service is there or not. */
    static Typist at(int port, Path folder, Path contracts) throws IOException {
        return new Typist(
                folder,
                Files.writeString(
                        folder.resolve("ridethrough.properties"),
                        Files.readString(Path.of("application.properties"))
                                + "\nridethrough.home = " + folder.resolve("home")
                                + "\nridethrough.routes = "
                                + Path.of("routes").toAbsolutePath()
                                + "\nridethrough.contracts = " + contracts
                                + "\nridethrough.http.port = " + port + "\n"));
    }

    /** What it gave; neither of it a stack trace. */
    Typed types(String line) {
        List<Object> words = new ArrayList<>();
        for (String said : ShownCommands.words(line)) {
            words.add(said.matches("[a-z.-]+\\.(jsonl|pem)") ? folder.resolve(said) : said);
        }
        CommandLine known = new CommandLine(new Ridethrough());
        for (Object each : words) {
            known = known.getSubcommands().getOrDefault(each.toString(), known);
        }
        if (known.getCommandSpec().findOption("--to") != null) {
            words.addAll(List.of("--to", folder.resolve("out")));
        }
        if (known.getCommandSpec().findOption("--config") != null) {
            words.addAll(List.of("--config", config));
        }
        Typed typed = Typed.of(words.toArray());
        String told = typed.out() + typed.err();
        System.out.println("$ " + line + "\n" + told);
        if (told.contains("\tat ") || told.contains("Exception")) {
            throw new AssertionError(line + " shows a stack trace:\n" + told);
        }
        return typed;
    }
}
