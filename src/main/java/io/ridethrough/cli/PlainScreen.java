package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.PlanText;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every change is one line: for files, pipes and terminals that cannot paint. Nothing is told twice. */
final class PlainScreen implements Screen {
    private static final int WIDEST = 44;

    private final PrintStream out;
    private final String banner;
    private final Map<String, String> told = new HashMap<>();

    PlainScreen(PrintStream out, String banner) {
        this.out = out;
        this.banner = banner.isEmpty() ? "" : banner + "  ";
    }

    @Override
    public void show(List<JsonNode> runs) {
        for (JsonNode run : runs) {
            tell(run, PlanText.clock(run.path("since").asDouble()));
        }
    }

    @Override
    public void close(JsonNode receipt) {
        tell(receipt, "");
        say(StepWords.end(receipt));
    }

    @Override
    public void say(String what) {
        out.println(banner + what);
        out.flush();
    }

    private void tell(JsonNode run, String at) {
        String name = run.path("run").asText();
        List<JsonNode> steps = StepWords.of(run);
        int widest = Math.min(
                WIDEST,
                steps.stream()
                        .mapToInt(step -> StepWords.id(step).length())
                        .max()
                        .orElse(1));
        for (JsonNode step : steps) {
            String mark = StepWords.mark(step);
            if (!mark.equals(".") && !mark.equals(told.put(name + " " + StepWords.id(step), mark))) {
                say(String.format(
                        "%7s %s %-" + widest + "s  %s",
                        at,
                        mark,
                        StepWords.id(step),
                        StepWords.running(step) ? "begins" : StepWords.words(step)));
            }
        }
    }
}
