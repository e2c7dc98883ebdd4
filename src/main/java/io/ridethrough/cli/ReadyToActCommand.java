package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether every way to every target of a site would do what an outage asks of it. Changes nothing. */
@Command(
        name = "ready-to-act",
        description =
                "Whether the first and the second way to every target log in and hold the rights they need; changes"
                        + " nothing. Exits with 0 when the site is ready.")
final class ReadyToActCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        JsonNode ready = installation
                .client()
                .post("sites/" + ServiceClient.segment(site) + "/ready", JsonNodeFactory.instance.objectNode())
                .orRefusal();
        boolean isReady = ready.path("ready").asBoolean();
        if (json) {
            System.out.println(ready);
            return isReady ? Exit.WELL : Exit.INCOMPLETE;
        }
        ready.path("ways").forEach(way -> System.out.println(line(way)));
        ready.path("expiring")
                .forEach(end -> System.out.println("  ends  "
                        + end.path("target").asText() + ": " + end.path("what").asText() + " on "
                        + end.path("at").asText()));
        System.out.println(site + ": " + ready.path("word").asText()
                + (isReady ? "" : ": " + ready.path("why").asText()));
        if (isReady) {
            NextCommand.after("ready-to-act", site);
        } else {
            NextCommand.say("setup " + worst(ready));
        }
        return isReady ? Exit.WELL : Exit.INCOMPLETE;
    }

    private static String line(JsonNode way) {
        return String.format(
                Locale.ROOT,
                "  %-5s %s by %s: %s",
                way.path("ready").asBoolean() ? "yes" : "NO",
                way.path("target").asText(),
                way.path("way").asText(),
                way.path("evidence").asText());
    }

    /** The first target that is not ready, whose least rights {@code setup} prints. */
    private static String worst(JsonNode ready) {
        for (JsonNode way : ready.path("ways")) {
            if (!way.path("ready").asBoolean()) {
                return way.path("target").asText();
            }
        }
        return ready.path("expiring").path(0).path("target").asText();
    }
}
