package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.PlanText;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A step, as the API tells it or as its receipt does, in a few words. */
final class StepWords {
    private static final Set<String> WELL = Set.of("Done", "AlreadyDone");

    private StepWords() {}

    /** The steps of a run or receipt that do something. */
    static List<JsonNode> of(JsonNode run) {
        List<JsonNode> acting = new ArrayList<>();
        for (JsonNode step : run.path("steps")) {
            if (!step.path("verb").asText().equals(Verb.PHASE_END.name())) {
                acting.add(step);
            }
        }
        return acting;
    }

    static String id(JsonNode step) {
        return step.path("step").asText();
    }

    static boolean settled(JsonNode step) {
        return step.hasNonNull("outcome");
    }

    static boolean running(JsonNode step) {
        return step.path("state").asText().equals("running");
    }

    static boolean troubled(JsonNode step) {
        return settled(step) && !WELL.contains(step.path("outcome").asText());
    }

    static boolean forced(JsonNode step) {
        return step.path("forced").asBoolean();
    }

    static boolean halted(JsonNode step) {
        return step.path("state").asText().equals("halted");
    }

    /** A person settled it, and nobody saw it. */
    private static boolean said(JsonNode step) {
        return Set.of("Skipped", "SaidDone").contains(step.path("outcome").asText());
    }

    /** {@code +} well, {@code !} not well, {@code -} refused, {@code ~} settled by a person, {@code ?} waits for a person, {@code >} under way, {@code .} waits. */
    static String mark(JsonNode step) {
        if (!settled(step)) {
            return running(step) ? ">" : halted(step) ? "?" : ".";
        }
        if (said(step)) {
            return "~";
        }
        if (!troubled(step)) {
            return "+";
        }
        return step.path("outcome").asText().equals("Refused") ? "-" : "!";
    }

    static String words(JsonNode step) {
        if (settled(step)) {
            return step.path("outcome").asText() + (forced(step) ? " (FORCED)" : "") + " in "
                    + PlanText.clock(seconds(step.path("took"))) + ": "
                    + step.path("evidence").asText();
        }
        if (halted(step)) {
            return "waits for your word: " + step.path("evidence").asText();
        }
        return running(step)
                ? "under way for " + PlanText.clock(step.path("for").asDouble())
                        + (step.hasNonNull("words") ? ", " + step.path("words").asText() : "")
                : "waits for " + waits(step.path("waits-for"));
    }

    private static String waits(JsonNode needs) {
        if (needs.isEmpty()) {
            return "room";
        }
        String first = needs.get(0).asText();
        return needs.size() == 1 ? first : first + " and " + (needs.size() - 1) + " more";
    }

    /** A duration is seconds in the API and ISO 8601 in a receipt. */
    static double seconds(JsonNode duration) {
        return duration.isTextual() ? Duration.parse(duration.asText()).toMillis() / 1000.0 : duration.asDouble();
    }

    /** How a run ended, in one line. */
    static String end(JsonNode receipt) {
        List<JsonNode> steps = of(receipt);
        long troubled = steps.stream().filter(StepWords::troubled).count();
        long forced = steps.stream().filter(StepWords::forced).count();
        return "Run " + receipt.path("run").asText() + " is "
                + receipt.path("result").asText() + ": "
                + PlanText.clock(seconds(receipt.path("took"))) + ", by forecast "
                + PlanText.clock(seconds(receipt.path("forecast"))) + "; " + steps.size()
                + (steps.size() == 1 ? " step" : " steps") + ", " + troubled + " not well, " + forced + " forced."
                + (receipt.hasNonNull("stopped") ? " " + receipt.path("stopped").asText() : "");
    }
}
