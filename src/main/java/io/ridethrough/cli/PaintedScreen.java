package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.PlanText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One screen, painted over and over, that never grows beyond the terminal: what is not well stands first in line for its
 * room, then what is under way, then what comes next.
 */
final class PaintedScreen implements Screen {
    private static final int BAR = 16;

    private final PrintStream out;
    private final String banner;
    private final Terminal terminal;
    private final Set<String> seen = new HashSet<>();
    private int painted;

    PaintedScreen(PrintStream out, String banner, Terminal terminal) {
        this.out = out;
        this.banner = banner.isEmpty() ? "" : banner + "  ";
        this.terminal = terminal;
    }

    @Override
    public void show(List<JsonNode> runs) {
        List<String> lines = new ArrayList<>();
        int room = (terminal.rows() - 1) / Math.max(1, runs.size());
        for (JsonNode run : runs) {
            seen.add(run.path("run").asText());
            lines.addAll(picture(run, Math.max(3, room)));
        }
        StringBuilder screen = new StringBuilder(erased());
        lines.forEach(line -> screen.append(clipped(line)).append('\n'));
        out.print(screen);
        out.flush();
        painted = lines.size();
    }

    @Override
    public void close(JsonNode receipt) {
        out.print(erased());
        painted = 0;
        boolean all = !seen.contains(receipt.path("run").asText());
        for (JsonNode step : StepWords.of(receipt)) {
            if (all || StepWords.troubled(step) || StepWords.forced(step)) {
                say("  " + StepWords.mark(step) + " " + StepWords.id(step) + "  " + StepWords.words(step));
            }
        }
        say(StepWords.end(receipt));
    }

    @Override
    public void say(String what) {
        out.print(erased());
        painted = 0;
        out.println(Terminal.folded(banner + what, banner.length() + 4, terminal.columns()));
        out.flush();
    }

    private String erased() {
        return painted == 0 ? "" : "\033[" + painted + "A\033[J";
    }

    private List<String> picture(JsonNode run, int room) {
        double forecast = run.path("forecast").asDouble();
        List<JsonNode> steps = StepWords.of(run);
        List<JsonNode> shown = chosen(steps, room - 2);
        int widest = Math.min(
                terminal.columns() / 2 - 4,
                shown.stream()
                        .mapToInt(step -> StepWords.id(step).length())
                        .max()
                        .orElse(1));
        List<String> lines = new ArrayList<>();
        lines.add(banner + run.path("run").asText() + "  "
                + PlanText.clock(run.path("since").asDouble()) + " of " + PlanText.clock(forecast) + "  "
                + run.path("reason").asText());
        for (JsonNode step : shown) {
            String id = StepWords.id(step);
            lines.add(String.format(
                    "  %s %-" + widest + "s %s %s",
                    StepWords.mark(step),
                    id.length() <= widest ? id : id.substring(0, widest - 2) + "..",
                    bar(step, forecast),
                    StepWords.words(step)));
        }
        long settled = steps.stream().filter(StepWords::settled).count();
        long running = steps.stream().filter(StepWords::running).count();
        int hidden = steps.size() - shown.size();
        lines.add("  " + settled + " of " + steps.size() + " settled, " + running + " under way, "
                + (steps.size() - settled - running) + " wait" + (hidden == 0 ? "" : "; " + hidden + " not shown"));
        return lines;
    }

    /** As many as there is room for, in the order of the plan. */
    private static List<JsonNode> chosen(List<JsonNode> steps, int room) {
        if (steps.size() <= room) {
            return steps;
        }
        List<JsonNode> wanted = new ArrayList<>();
        steps.stream().filter(StepWords::troubled).forEach(wanted::add);
        steps.stream().filter(StepWords::running).forEach(wanted::add);
        List<JsonNode> waiting =
                steps.stream().filter(step -> StepWords.mark(step).equals(".")).toList();
        int half = Math.max(0, (room - wanted.size() + 1) / 2);
        waiting.stream().limit(half).forEach(wanted::add);
        List<JsonNode> well = new ArrayList<>(
                steps.stream().filter(step -> StepWords.mark(step).equals("+")).toList());
        java.util.Collections.reverse(well);
        wanted.addAll(well);
        waiting.stream().skip(half).forEach(wanted::add);
        List<JsonNode> fits = wanted.subList(0, Math.min(wanted.size(), Math.max(0, room)));
        return steps.stream().filter(fits::contains).toList();
    }

    private static String bar(JsonNode step, double forecast) {
        int from = place(step.path("expected-begin").asDouble(), forecast);
        int to = Math.max(from + 1, place(step.path("expected-end").asDouble(), forecast));
        String fill = StepWords.settled(step) ? "=" : StepWords.running(step) ? ">" : ".";
        return "|" + " ".repeat(from) + fill.repeat(to - from) + " ".repeat(BAR - to) + "|";
    }

    private static int place(double at, double forecast) {
        return forecast <= 0 ? 0 : (int) Math.min(BAR - 1, Math.round(at / forecast * (BAR - 1)));
    }

    private String clipped(String line) {
        return line.length() <= terminal.columns() ? line : line.substring(0, terminal.columns() - 2) + "..";
    }
}
