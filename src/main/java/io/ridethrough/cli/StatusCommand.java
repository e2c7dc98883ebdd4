package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One screen that tells the state of every site. */
@Command(name = "status", description = "One screen that tells the state of every site.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        ServiceClient client = installation.client();
        JsonNode sites = client.get("sites").orRefusal();
        JsonNode runs = client.get("runs").orRefusal();
        PrintStream out = System.out;
        if (json) {
            out.println(sites);
            return Exit.WELL;
        }
        new StatusScreen(out, Terminal.own().columns())
                .print(sites, runs, client.get("health").orRefusal());
        return Exit.WELL;
    }
}
