package io.ridethrough.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A drill's record, for people and for reading aloud. Pure. */
public final class DrillText {
    private DrillText() {}

    /** The record in lines, each short enough to be said in a breath or to be folded. */
    public static List<String> lines(JsonNode record) {
        List<String> lines = new ArrayList<>();
        lines.add("Drill " + record.path("number").asLong() + " of "
                + record.path("site").asText() + ", "
                + record.path("at").asText() + ", contracts " + contracts(record) + ", time "
                + Math.round(record.path("speed").asDouble()) + " times as fast.");
        record.path("scenarios").forEach(scenario -> {
            lines.addAll(scenario(scenario));
            slower(scenario, record).ifPresent(lines::add);
        });
        record.path("refused-by-guard")
                .forEach(line -> lines.add("FAIL  Nothing leaves the lab. " + line.asText() + "."));
        lines.add("");
        lines.add("Compared with the last drill:");
        record.path("compared").forEach(sentence -> lines.add("  " + sentence.asText()));
        lines.add("");
        lines.add(verdict(record));
        return lines;
    }

    private static String contracts(JsonNode record) {
        String digest = record.path("contracts").asText();
        return digest.substring(0, Math.min(12, digest.length()));
    }

    private static List<String> scenario(JsonNode scenario) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(scenario.path("scenario").asText() + ": "
                + scenario.path("plot").asText() + ".");
        scenario.path("expectations")
                .forEach(one -> lines.add("  " + one.path("verdict").asText() + "  "
                        + one.path("expected").asText() + " Seen: "
                        + one.path("because").asText() + "."));
        if (scenario.has("took")) {
            lines.add("  time  All that went was down after "
                    + PlanText.clock(scenario.path("took").asDouble()) + ", by forecast after "
                    + PlanText.clock(scenario.path("forecast").asDouble()) + "; the battery lasts "
                    + PlanText.clock(scenario.path("battery").asDouble()) + ".");
        }
        lines.add("  lost  "
                + (scenario.path("lost").isEmpty()
                        ? "Nothing would have been lost."
                        : "Would have been lost: " + joined(scenario.path("lost")) + "."));
        return lines;
    }

    /** How it was played, where that was slower than the rest; drills of earlier versions do not tell. */
    private static Optional<String> slower(JsonNode scenario, JsonNode record) {
        double speed = scenario.path("speed").asDouble(record.path("speed").asDouble());
        return speed < record.path("speed").asDouble()
                ? Optional.of("  time  Played " + Math.round(speed) + " times as fast only, since every moment counts.")
                : Optional.empty();
    }

    private static String verdict(JsonNode record) {
        int met = 0;
        int shortOf = 0;
        int failed = 0;
        for (JsonNode scenario : record.path("scenarios")) {
            for (JsonNode one : scenario.path("expectations")) {
                switch (one.path("verdict").asText()) {
                    case "pass" -> met++;
                    case "short" -> shortOf++;
                    default -> failed++;
                }
            }
        }
        return "The drill has " + (record.path("passed").asBoolean() ? "PASSED" : "FAILED") + ": " + met
                + " expectations met, " + shortOf + " short (nothing more is lost by them), " + failed + " failed."
                + (record.path("whole").asBoolean() ? "" : " It was not whole: a site is armed by a whole drill only.");
    }

    private static String joined(JsonNode names) {
        List<String> all = new ArrayList<>();
        names.forEach(name -> all.add(name.asText()));
        return String.join(", ", all);
    }
}
