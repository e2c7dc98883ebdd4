package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

    /** The steps that need each step, in plan order; a step that nothing needs is absent. O(steps + needs). */
    public Map<StepId, List<Step>> dependents() {
        Map<StepId, List<Step>> dependents = new HashMap<>();
        for (Step step : steps) {
            step.needs().forEach(need -> dependents
                    .computeIfAbsent(need, at -> new ArrayList<>())
                    .add(step));
        }
        return dependents;
    }

    /** Every site that this plan touches: those of its scope, and those of assets that depend on it. */
    public Set<SiteId> sites() {
        Set<SiteId> sites = new TreeSet<>(intent.scope().touched());
        steps.forEach(step -> step.asset().map(AssetId::site).ifPresent(sites::add));
        return sites;
    }
}
