package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.PlanText;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** Every site in a few lines: readiness, power, open run, holds, windows that did not begin, last run. Lines are folded. */
final class StatusScreen {
    private static final int SHOWN = 3;

    private final PrintStream out;
    private final int columns;

    StatusScreen(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Sites, runs and health, as the API tells them. */
    void print(JsonNode sites, JsonNode runs, JsonNode health) {
        if (!sites.path("world").asText().equals("real")) {
            out.println(sites.path("world").asText());
        }
        if (sites.hasNonNull("observe-only")) {
            line("observe-only: ", sites.path("observe-only").asText());
        }
        for (JsonNode site : sites.path("sites")) {
            String name = site.path("site").asText();
            line("", name + ": " + site.path("readiness").asText());
            if (site.has("inhibit")) {
                JsonNode inhibit = site.path("inhibit");
                line(
                        "  until    ",
                        inhibit.path("until").asText() + ", then armed again; by "
                                + inhibit.path("by").asText() + ": "
                                + inhibit.path("reason").asText());
            }
            if (site.has("arming")) {
                line("  armed    ", site.path("arming").path("grounds").asText());
                if (site.path("arming").has("contracts-changed")) {
                    line(
                            "  contracts ",
                            site.path("arming").path("contracts-changed").asText());
                }
            }
            line("  power    ", site.path("power").asText());
            ready(name, health.path("ready"));
            trouble(name, health.path("ways"));
            decided(site.path("power-log"));
            for (JsonNode run : runs.path("open")) {
                if (run.path("run").asText().equals(site.path("run").asText())) {
                    line("  run      ", progress(run));
                    if (run.hasNonNull("asleep")) {
                        line("  waits    ", run.path("asleep").asText());
                    }
                    if (run.hasNonNull("unjournalled")) {
                        line("  no record ", run.path("unjournalled").asText());
                    }
                    if (run.hasNonNull("contracts-changed")) {
                        line("  contracts ", run.path("contracts-changed").asText());
                    }
                }
            }
            for (JsonNode hold : site.path("holds")) {
                line(
                        "  held     ",
                        hold.path("asset").asText() + " by " + hold.path("by").asText() + ": "
                                + hold.path("reason").asText());
            }
            for (JsonNode window : site.path("windows")) {
                String decision = window.path("decision").asText();
                if (!decision.isEmpty() && !decision.equals("begun")) {
                    line(
                            "  window   ",
                            window.path("window").asText() + " " + decision + ": "
                                    + window.path("reason").asText());
                }
            }
            for (JsonNode receipt : runs.path("closed")) {
                if (touches(receipt, name)) {
                    line(
                            "  last run ",
                            receipt.path("run").asText() + ", "
                                    + receipt.path("result").asText() + ": "
                                    + receipt.path("reason").asText());
                    break;
                }
            }
        }
    }

    /** What it came to when it was last tried whether every way to every target would do. */
    private void ready(String site, JsonNode sites) {
        for (JsonNode one : sites) {
            if (one.path("site").asText().equals(site)) {
                line(
                        "  ways     ",
                        one.path("word").asText() + " at " + one.path("at").asText()
                                + (one.has("why") ? ": " + one.path("why").asText() : ""));
            }
        }
    }

    /** The targets of a site that a breaker keeps calls from. */
    private void trouble(String site, JsonNode ways) {
        for (JsonNode way : ways) {
            String target = way.path("target").asText();
            if (target.startsWith(site + "/") && !way.path("breaker").asText().equals("closed")) {
                line(
                        "  trouble  ",
                        target + " by " + way.path("way").asText() + ", breaker "
                                + way.path("breaker").asText() + ": "
                                + way.path("last-error").path("words").asText("no error is known"));
            }
        }
    }

    /** The last decisions about its power, oldest first. */
    private void decided(JsonNode log) {
        for (int i = Math.min(SHOWN, log.size()) - 1; i >= 0; i--) {
            JsonNode one = log.path(i);
            line(
                    "  decided  ",
                    one.path("at").asText() + " " + one.path("decision").asText() + ": "
                            + one.path("reason").asText());
        }
    }

    private void line(String head, String text) {
        out.println(Terminal.folded(head + text, Math.max(2, head.length()), columns));
    }

    private static boolean touches(JsonNode receipt, String site) {
        return Arrays.stream(receipt.path("scope").asText().split(","))
                .anyMatch(part -> part.equals(site) || part.startsWith(site + "/"));
    }

    private static String progress(JsonNode run) {
        List<JsonNode> steps = StepWords.of(run);
        long halted = steps.stream().filter(StepWords::halted).count();
        return run.path("run").asText() + ", "
                + PlanText.clock(run.path("since").asDouble()) + " of "
                + PlanText.clock(run.path("forecast").asDouble()) + ", "
                + steps.stream().filter(StepWords::settled).count() + " of " + steps.size() + " steps settled, "
                + steps.stream().filter(StepWords::running).count() + " under way, "
                + steps.stream().filter(StepWords::troubled).count() + " not well"
                + (halted == 0 ? "" : ", " + halted + " halted until you decide: see step --help");
    }
}
