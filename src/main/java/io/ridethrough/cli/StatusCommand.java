package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Locale;
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
        JsonNode sites = client.get("sites").json();
        JsonNode runs = client.get("runs").json();
        PrintStream out = System.out;
        if (json) {
            out.println(sites);
            return Exit.WELL;
        }
        print(out, sites, runs);
        return Exit.WELL;
    }

    static void print(PrintStream out, JsonNode sites, JsonNode runs) {
        if (!sites.path("world").asText().equals("real")) {
            out.println(sites.path("world").asText());
        }
        for (JsonNode site : sites.path("sites")) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %-9s %s%n",
                    site.path("site").asText(),
                    site.path("readiness").asText(),
                    site.path("power").asText());
            if (site.hasNonNull("run")) {
                out.println("               run " + site.path("run").asText());
            }
            for (JsonNode hold : site.path("holds")) {
                out.println("               held: " + hold.path("asset").asText() + " by "
                        + hold.path("by").asText() + ", " + hold.path("reason").asText());
            }
            for (JsonNode window : site.path("windows")) {
                if (window.hasNonNull("decision")
                        && !window.path("decision").asText().equals("begun")) {
                    out.println("               window " + window.path("window").asText() + " "
                            + window.path("decision").asText() + ": "
                            + window.path("reason").asText());
                }
            }
            for (JsonNode receipt : runs.path("closed")) {
                if (java.util.List.of(receipt.path("scope").asText().split(","))
                        .contains(site.path("site").asText())) {
                    out.println("               last run " + receipt.path("run").asText() + " "
                            + receipt.path("result").asText() + " ("
                            + receipt.path("reason").asText() + ")");
                    break;
                }
            }
        }
    }
}
