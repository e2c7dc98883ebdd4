package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a site act on power and schedules, or only watch. */
@Command(name = "arm", description = "Lets a site act on power and schedules; with --off it only watches again.")
final class ArmCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Option(names = "--off", description = "Watch again.")
    private boolean off;

    @Override
    public Integer call() {
        JsonNode answer = installation
                .client()
                .post(
                        "sites/" + ServiceClient.segment(site) + "/readiness",
                        JsonNodeFactory.instance.objectNode().put("readiness", off ? "watching" : "armed"))
                .orRefusal();
        System.out.println(site + " is " + answer.path("readiness").asText() + ".");
        if (!off) {
            NextCommand.after("arm", site);
        }
        return Exit.WELL;
    }
}
