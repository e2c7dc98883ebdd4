package io.ridethrough.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A plan as people read it: what happens, when it is expected, and who waits for whom. Made of {@link PlanJson}, so that
 * a plan told by a service reads like one made here. Lines end with a line feed.
 */
public final class PlanText {
    private static final String END = Verb.PHASE_END.name();

    private final JsonNode plan;
    private final List<JsonNode> steps = new ArrayList<>();
    private final Map<String, JsonNode> byId = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private PlanText(JsonNode plan) {
        this.plan = plan;
        plan.path("steps").forEach(steps::add);
        steps.forEach(step -> byId.put(word(step, "step"), step));
    }

    /** The text; the same plan always gives the same. */
    public static String render(Plan plan) {
        return render(PlanJson.of(plan));
    }

    /** The same, of a plan as {@link PlanJson} tells it. */
    public static String render(JsonNode plan) {
        PlanText text = new PlanText(plan);
        text.head();
        Arrays.stream(Phase.values()).map(Phase::word).filter(text::has).forEach(text::phase);
        text.criticalPath();
        text.gates();
        text.notes();
        if (plan.hasNonNull("refusal")) {
            text.line("").line("not to be executed: " + word(plan, "refusal"));
        }
        return text.out.toString();
    }

    private void head() {
        line("plan of " + word(plan, "scope") + ": " + String.join(", ", words(plan.path("phases"))));
        line((plan.path("execute").asBoolean() ? "to be executed" : "dry run") + ", asked for by " + word(plan, "by")
                + ": " + word(plan, "reason"));
        if (plan.hasNonNull("window")) {
            line("window " + word(plan, "window"));
        }
        line("takes " + clock(plan, "forecast") + " by forecast");
    }

    private boolean has(String phase) {
        return words(plan.path("phases")).contains(phase)
                || steps.stream().anyMatch(step -> word(step, "phase").equals(phase));
    }

    /** What gates would say now, where they were asked. */
    private void gates() {
        if (plan.path("gates").isEmpty()) {
            return;
        }
        line("").line("seen now:");
        plan.path("gates")
                .forEach(gate -> line(String.format(
                        "  %-12s  %s at %s: %s",
                        word(gate, "answer"), word(gate, "gate"), word(gate, "asset"), word(gate, "why"))));
    }

    private void phase(String phase) {
        List<JsonNode> acting = steps.stream()
                .filter(step -> word(step, "phase").equals(phase) && !isEnd(step))
                .sorted(Comparator.comparingDouble(
                        step -> step.path("expected-begin").asDouble()))
                .toList();
        String end = steps.stream()
                .filter(step -> word(step, "phase").equals(phase) && isEnd(step))
                .map(step -> clock(step, "expected-end"))
                .findFirst()
                .orElse(clock(plan, ""));
        line("").line(phase + ": " + acting.size() + (acting.size() == 1 ? " step" : " steps") + ", ends at " + end);
        int widest = acting.stream().mapToInt(step -> name(step).length()).max().orElse(0);
        for (JsonNode step : acting) {
            String needs = words(step.path("needs")).stream()
                    .map(need -> byId.getOrDefault(need, step))
                    .filter(need -> !isEnd(need))
                    .map(PlanText::name)
                    .collect(Collectors.joining(", "));
            line(String.format(
                            "  %7s - %7s  %-12s  %-" + Math.max(1, widest) + "s  %s",
                            clock(step, "expected-begin"),
                            clock(step, "expected-end"),
                            verb(step),
                            name(step),
                            tail(step, needs))
                    .stripTrailing());
        }
    }

    private static String tail(JsonNode step, String needs) {
        String after = needs.isEmpty() ? "" : "after " + needs;
        return step.has("delay") ? after + ", " + clock(step, "delay") + " after it is told" : after;
    }

    private void criticalPath() {
        line("").line("critical path:");
        for (String id : words(plan.path("critical-path"))) {
            JsonNode step = byId.get(id);
            if (step != null && step.path("expected").asDouble() > 0) {
                line(String.format("  %7s  %-12s  %s", clock(step, "expected"), verb(step), name(step)));
            }
        }
    }

    private void notes() {
        if (!plan.path("notes").isEmpty()) {
            line("").line("notes:");
            words(plan.path("notes")).forEach(note -> line("  " + note));
        }
    }

    private static boolean isEnd(JsonNode step) {
        return word(step, "verb").equals(END);
    }

    private static String verb(JsonNode step) {
        return word(step, "verb").toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The step's id without its phase. */
    private static String name(JsonNode step) {
        return word(step, "step").substring(word(step, "phase").length() + 1);
    }

    private static String word(JsonNode of, String key) {
        return of.path(key).asText();
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }

    private PlanText line(String line) {
        out.append(line).append('\n');
        return this;
    }

    private static String clock(JsonNode of, String key) {
        return clock(of.path(key).asDouble());
    }

    /** Minutes and seconds, with hours if there are any: {@code 3:05}, {@code 1:00:00}. Rounded up to a second. */
    public static String clock(double duration) {
        long seconds = (long) Math.ceil(duration);
        return seconds < 3600
                ? String.format("%d:%02d", seconds / 60, seconds % 60)
                : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
