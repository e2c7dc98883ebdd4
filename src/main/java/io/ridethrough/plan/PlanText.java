package io.ridethrough.plan;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as people read it: what happens, when it is expected, and who waits for whom. Lines end with a line feed. */
public final class PlanText {
    private static final Forecast.Span NEVER = new Forecast.Span(Duration.ZERO, Duration.ZERO);

    private final Plan plan;
    private final Map<StepId, Step> byId = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private PlanText(Plan plan) {
        this.plan = plan;
        plan.steps().forEach(step -> byId.put(step.id(), step));
    }

    /** The text; the same plan always gives the same. */
    public static String render(Plan plan) {
        PlanText text = new PlanText(plan);
        text.head();
        plan.intent().phases().forEach(text::phase);
        text.criticalPath();
        text.notes();
        plan.refusal().ifPresent(why -> text.line("").line("not to be executed: " + why));
        return text.out.toString();
    }

    private void head() {
        Intent intent = plan.intent();
        line("plan of " + intent.scope() + ": "
                + intent.phases().stream().map(Phase::word).collect(Collectors.joining(", ")));
        line((intent.execute() ? "to be executed" : "dry run") + ", asked for by " + intent.by() + ": "
                + intent.reason());
        intent.window().ifPresent(window -> line("window " + window));
        line("takes " + clock(plan.forecast().takes()) + " by forecast");
    }

    private void phase(Phase phase) {
        List<Step> steps = plan.steps().stream()
                .filter(step -> step.phase() == phase && step.verb() != Verb.PHASE_END)
                .sorted(Comparator.comparing(step -> span(step).begin()))
                .toList();
        Forecast.Span end = plan.steps().stream()
                .filter(step -> step.phase() == phase && step.verb() == Verb.PHASE_END)
                .map(this::span)
                .findFirst()
                .orElse(NEVER);
        line("").line(phase.word() + ": " + steps.size() + (steps.size() == 1 ? " step" : " steps") + ", ends at "
                + clock(end.end()));
        int widest = steps.stream().mapToInt(step -> name(step).length()).max().orElse(0);
        for (Step step : steps) {
            String needs = step.needs().stream()
                    .filter(need -> !isEnd(need))
                    .map(need -> name(byId.getOrDefault(need, step)))
                    .collect(Collectors.joining(", "));
            line(String.format(
                            "  %7s - %7s  %-12s  %-" + Math.max(1, widest) + "s  %s",
                            clock(span(step).begin()),
                            clock(span(step).end()),
                            step.verb().word(),
                            name(step),
                            needs.isEmpty() ? "" : "after " + needs)
                    .stripTrailing());
        }
    }

    private void criticalPath() {
        line("").line("critical path:");
        for (StepId id : plan.forecast().criticalPath()) {
            Step step = byId.get(id);
            if (step != null && !step.expected().isZero()) {
                line(String.format(
                        "  %7s  %-12s  %s", clock(step.expected()), step.verb().word(), name(step)));
            }
        }
    }

    private void notes() {
        if (!plan.notes().isEmpty()) {
            line("").line("notes:");
            plan.notes().forEach(note -> line("  " + note));
        }
    }

    private boolean isEnd(StepId id) {
        Step step = byId.get(id);
        return step != null && step.verb() == Verb.PHASE_END;
    }

    /** The step's id without its phase. */
    private static String name(Step step) {
        return step.id().value().substring(step.phase().word().length() + 1);
    }

    private Forecast.Span span(Step step) {
        return plan.forecast().spans().getOrDefault(step.id(), NEVER);
    }

    private PlanText line(String line) {
        out.append(line).append('\n');
        return this;
    }

    /** Minutes and seconds, with hours if there are any: {@code 3:05}, {@code 1:00:00}. Rounded up to a second. */
    private static String clock(Duration duration) {
        long seconds = duration.plusNanos(999_999_999).toSeconds();
        return seconds < 3600
                ? String.format("%d:%02d", seconds / 60, seconds % 60)
                : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
