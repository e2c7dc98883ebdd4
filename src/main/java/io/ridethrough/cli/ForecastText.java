package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A forecast, as the API tells it, for people. Lines end with a line feed. */
final class ForecastText {
    private ForecastText() {}

    static String render(JsonNode forecast) {
        List<String> lines = new ArrayList<>();
        double battery = forecast.path("battery").asDouble();
        double ends = forecast.path("ends").asDouble();
        lines.add("if power failed at " + forecast.path("site").asText() + " now");
        for (JsonNode early : forecast.path("early")) {
            List<String> guests = new ArrayList<>();
            early.path("guests").forEach(guest -> guests.add(guest.asText()));
            lines.add(at(early, "at") + "  shed " + early.path("group").asText() + ": " + String.join(", ", guests));
        }
        lines.add(at(forecast, "begins") + "  the shutdown begins");
        for (JsonNode going : forecast.path("goes")) {
            int samples = going.path("samples").asInt();
            lines.add(at(going, "begin") + "  "
                    + going.path("verb").asText().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                    + going.path("asset").asText() + ", done by " + at(going, "end")
                    + (samples == 0 ? " (as declared)" : " (measured " + samples + " times)"));
        }
        lines.add(at(forecast, "ends") + "  all is down");
        lines.add(at(forecast, "battery") + "  the battery is empty");
        List<String> lost = new ArrayList<>();
        forecast.path("lost").forEach(asset -> lost.add(asset.asText()));
        lines.add(
                lost.isEmpty()
                        ? "nothing would be lost: " + PlanText.clock(battery - ends) + " to spare"
                        : "would lose power before it is down: " + String.join(", ", lost));
        forecast.path("shed")
                .forEach(shed -> lines.add(
                        "shed " + shed.path("asset").asText() + ": all is down " + at(shed, "saves") + " sooner"));
        if (!lost.isEmpty() && forecast.path("shed").isEmpty()) {
            lines.add("no guest can be shed to change that: the battery is too small for the machines themselves");
        }
        return String.join("\n", lines) + "\n";
    }

    private static String at(JsonNode node, String field) {
        return PlanText.clock(node.path(field).asDouble());
    }
}
