package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows runs until they end. */
@Command(
        name = "watch",
        description = "Follows a run until it ends, or shows how it ended; without a name, all that are open.")
final class WatchCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run.", defaultValue = "")
    private String run = "";

    @Option(names = "--plain", description = "Plain lines, also on a terminal.")
    private boolean plain;

    @Option(names = "--json", description = "Print the receipts as JSON, a line each, and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        ServiceClient client = installation.client();
        List<String> runs = new ArrayList<>();
        JsonNode sites = client.get("sites").orRefusal();
        String world = sites.path("world").asText();
        if (run.isEmpty()) {
            for (JsonNode open : client.get("runs").orRefusal().path("open")) {
                runs.add(open.path("run").asText());
            }
        } else {
            runs.add(run);
        }
        Screen screen = json
                ? Screen.json(System.out)
                : Screen.on(System.out, world.equals("real") ? "" : world, plain ? Terminal.plain() : Terminal.own());
        if (runs.isEmpty()) {
            screen.say("No run is open.");
            for (JsonNode site : sites.path("sites")) {
                screen.say(
                        site.path("site").asText() + ": " + site.path("power").asText());
            }
        }
        return new Following(client, screen).toTheEnd(runs);
    }
}
