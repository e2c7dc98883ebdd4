package io.ridethrough.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Steps in an order in which each stands after its needs; phases are joined by {@link Verb#PHASE_END} steps, so that
 * the whole run is one graph.
 *
 * @param notes what a person should know: guests that are not touched and why, what the scope was widened to
 * @param refusal why this plan may be shown but not executed, if so
 */
public record Plan(Intent intent, List<Step> steps, Forecast forecast, List<String> notes, Optional<String> refusal) {
    public Plan {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /** The steps that need this one, in plan order. */
    public List<Step> dependentsOf(StepId id) {
        List<Step> dependents = new ArrayList<>();
        for (Step step : steps) {
            if (step.needs().contains(id)) {
                dependents.add(step);
            }
        }
        return dependents;
    }
}
