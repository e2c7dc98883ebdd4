package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Locale;

/** A plan as the service tells it, for people. */
final class DryRun {
    private DryRun() {}

    static void print(PrintStream out, JsonNode plan) {
        out.printf(
                Locale.ROOT,
                "Dry run for %s: nothing was commanded. Forecast %.0f s.%n",
                plan.path("scope").asText(),
                plan.path("forecast").asDouble());
        for (JsonNode step : plan.path("steps")) {
            if (!step.path("verb").asText().equals("PHASE_END")) {
                out.printf(
                        Locale.ROOT,
                        "  %6.0f s - %6.0f s  %s%n",
                        step.path("expected-begin").asDouble(),
                        step.path("expected-end").asDouble(),
                        step.path("step").asText());
            }
        }
        plan.path("notes").forEach(note -> out.println("  note: " + note.asText()));
        if (plan.hasNonNull("refusal")) {
            out.println("  This plan can be shown but not executed: "
                    + plan.path("refusal").asText());
        }
    }
}
