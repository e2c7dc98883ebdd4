package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A run as it goes on. On a terminal one screen is painted over and over; elsewhere every change is one plain line.
 */
final class RunScreen {
    private static final int BAR = 24;

    private final PrintStream out;
    private final String banner;
    private final boolean terminal;
    private final Map<String, String> told = new HashMap<>();
    private int painted;

    /** @param banner what stands on every screen, for example the lab's name and speed; may be empty */
    RunScreen(PrintStream out, String banner, boolean terminal) {
        this.out = out;
        this.banner = banner;
        this.terminal = terminal;
    }

    /** Shows the state of one run, as the API tells it. */
    void show(JsonNode run) {
        if (terminal) {
            paint(run);
        } else {
            tell(run);
        }
    }

    /** Shows how a run ended, from its receipt. */
    void close(JsonNode receipt) {
        if (terminal && painted > 0) {
            out.print("\033[" + painted + "A\033[J");
            painted = 0;
        }
        for (JsonNode step : receipt.path("steps")) {
            if (terminal || !"settled".equals(told.get(step.path("step").asText()))) {
                out.printf(
                        Locale.ROOT,
                        "%s %s %-44s %s%s: %s%n",
                        banner,
                        Set.of("Done", "AlreadyDone")
                                        .contains(step.path("outcome").asText())
                                ? "+"
                                : "!",
                        step.path("step").asText(),
                        step.path("outcome").asText(),
                        step.path("forced").asBoolean() ? " (FORCED)" : "",
                        step.path("evidence").asText());
            }
        }
        out.printf(
                Locale.ROOT,
                "%s Run %s is %s: %.0f s, forecast %.0f s.%n",
                banner,
                receipt.path("run").asText(),
                receipt.path("result").asText(),
                Duration.parse(receipt.path("took").asText()).toMillis() / 1000.0,
                Duration.parse(receipt.path("forecast").asText()).toMillis() / 1000.0);
    }

    private void paint(JsonNode run) {
        StringBuilder screen = new StringBuilder();
        if (painted > 0) {
            screen.append("\033[").append(painted).append("A\033[J");
        }
        String text = picture(run);
        out.print(screen.append(text));
        out.flush();
        painted = (int) text.chars().filter(c -> c == '\n').count();
    }

    private String picture(JsonNode run) {
        double forecast = run.path("forecast").asDouble();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s%s  %.0f s of forecast %.0f s  %s%n",
                banner.isEmpty() ? "" : banner + "  ",
                run.path("run").asText(),
                run.path("since").asDouble(),
                forecast,
                run.path("reason").asText()));
        for (JsonNode step : run.path("steps")) {
            if (!step.path("verb").asText().equals("PHASE_END")) {
                text.append(line(step, forecast)).append('\n');
            }
        }
        return text.toString();
    }

    private static String line(JsonNode step, double forecast) {
        return String.format(
                Locale.ROOT,
                "  %s %-44s %s %s",
                mark(step),
                step.path("step").asText(),
                bar(step, forecast),
                words(step));
    }

    private static String bar(JsonNode step, double forecast) {
        int from = place(step.path("expected-begin").asDouble(), forecast);
        int to = Math.max(from + 1, place(step.path("expected-end").asDouble(), forecast));
        char fill =
                switch (step.path("state").asText()) {
                    case "settled" -> '=';
                    case "running" -> '>';
                    default -> '.';
                };
        return "|" + " ".repeat(from) + String.valueOf(fill).repeat(to - from) + " ".repeat(BAR - to) + "|";
    }

    private static int place(double at, double forecast) {
        return forecast <= 0 ? 0 : (int) Math.min(BAR - 1, Math.round(at / forecast * (BAR - 1)));
    }

    private void tell(JsonNode run) {
        for (JsonNode step : run.path("steps")) {
            String state = step.path("state").asText();
            boolean worthIt =
                    !state.equals("waiting") && !step.path("verb").asText().equals("PHASE_END");
            String id = step.path("step").asText();
            if (worthIt && !state.equals(told.put(id, state))) {
                out.printf(
                        Locale.ROOT,
                        "%s%7.1f s  %s %-44s %s%n",
                        banner.isEmpty() ? "" : banner + "  ",
                        run.path("since").asDouble(),
                        mark(step),
                        id,
                        words(step));
            }
        }
    }

    private static String mark(JsonNode step) {
        return switch (step.path("state").asText()) {
            case "running" -> ">";
            case "settled" ->
                switch (step.path("outcome").asText()) {
                    case "Done", "AlreadyDone" -> "+";
                    case "Refused" -> "-";
                    default -> "!";
                };
            default -> ".";
        };
    }

    private static String words(JsonNode step) {
        return switch (step.path("state").asText()) {
            case "running" ->
                String.format(Locale.ROOT, "running %.0f s", step.path("for").asDouble());
            case "settled" ->
                String.format(
                        Locale.ROOT,
                        "%s%s in %.1f s: %s",
                        step.path("outcome").asText(),
                        step.path("forced").asBoolean() ? " (FORCED)" : "",
                        step.path("took").asDouble(),
                        step.path("evidence").asText());
            default -> "waits for " + waits(step.path("waits-for"));
        };
    }

    private static String waits(JsonNode needs) {
        if (needs.isEmpty()) {
            return "room";
        }
        String first = needs.get(0).asText();
        return needs.size() == 1 ? first : first + " and " + (needs.size() - 1) + " more";
    }
}
