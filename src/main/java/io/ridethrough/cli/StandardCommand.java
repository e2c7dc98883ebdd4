package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every control of the standard finds at a site, now. Changes nothing. */
@Command(
        name = "standard",
        description = "Evaluates every control of the standard at a site and says what does not hold; changes nothing."
                + " Exits with 0 when all holds or is accepted.")
final class StandardCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Option(names = "--all", description = "Show what holds as well.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        JsonNode report = installation
                .client()
                .post("sites/" + ServiceClient.segment(site) + "/standard", JsonNodeFactory.instance.objectNode())
                .orRefusal();
        boolean well = isWell(report);
        if (json) {
            System.out.println(report);
            return well ? Exit.WELL : Exit.INCOMPLETE;
        }
        print(report, all);
        return well ? Exit.WELL : Exit.INCOMPLETE;
    }

    /** What was found, and the line of the site at its end. */
    static void print(JsonNode report, boolean all) {
        report.path("findings").forEach(found -> finding(found, all));
        report.path("stale")
                .forEach(one -> System.out.println(
                        "  stale         " + one.path("control").asText() + " at "
                                + one.path("asset").asText() + ": it holds; take its acceptance out of "
                                + one.path("where").asText()));
        System.out.println(summary(report));
    }

    private static void finding(JsonNode found, boolean all) {
        String word = found.path("finding").asText();
        if (!all && word.equals("holds")) {
            return;
        }
        System.out.println(String.format(
                Locale.ROOT,
                "  %-13s %-8s %s at %s: %s",
                word.equals("broken") ? "BROKEN" : word,
                found.path("severity").asText(),
                found.path("control").asText(),
                found.path("asset").asText(),
                found.path("title").asText()));
        System.out.println("                " + found.path("evidence").asText());
        if (word.equals("broken")) {
            System.out.println("                since " + found.path("since").asText() + "; what to do: "
                    + found.path("remedy").asText());
        }
    }

    /** Whether nothing there is broken or could not be seen. */
    static boolean isWell(JsonNode report) {
        return !report.path("counts").has("broken") && !report.path("counts").has("unobservable");
    }

    /** One line of a site. */
    static String summary(JsonNode report) {
        JsonNode counts = report.path("counts");
        return String.format(
                Locale.ROOT,
                "%s: %d %% of the standard holds: %d hold, %d broken, %d unobservable, %d accepted",
                report.path("site").asText(),
                report.path("score").asInt(),
                counts.path("holds").asInt(),
                counts.path("broken").asInt(),
                counts.path("unobservable").asInt(),
                counts.path("accepted").asInt());
    }
}
