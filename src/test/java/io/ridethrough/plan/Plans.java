package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Intents in a few words, and questions to plans. */
final class Plans {
    private Plans() {}

    /** A scope as people write it: sites or assets joined by commas. */
    static Scope scope(String text) {
        List<String> parts = Arrays.asList(text.split(",", -1));
        return text.contains("/")
                ? new Scope(Set.of(), parts.stream().map(AssetId::parse).collect(Collectors.toSet()))
                : new Scope(parts.stream().map(SiteId::new).collect(Collectors.toSet()), Set.of());
    }

    static Intent intent(String scope, Trigger trigger, String powerOff, Phase... phases) {
        return new Intent(
                scope(scope),
                List.of(phases),
                trigger,
                powerOff.isEmpty() ? Set.of() : scope(powerOff).sites(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                "test",
                "to see the plan");
    }

    /** A planned run that powers off what is in its scope. */
    /** A whole run of every mode but reboot. */
    static Phase[] downAndUp() {
        return new Phase[] {Phase.PRECHECK, Phase.SHUTDOWN, Phase.STARTUP, Phase.RECOVERY, Phase.VERIFY};
    }

    static Plan planned(Contracts contracts, String scope, Phase... phases) {
        String sites = scope(scope).touched().stream().map(SiteId::value).collect(Collectors.joining(","));
        return Planner.plan(intent(scope, Trigger.HAND, sites, phases), contracts, Seen.nothing());
    }

    static Plan byPower(Contracts contracts, String scope, Phase... phases) {
        return Planner.plan(intent(scope, Trigger.POWER, "", phases), contracts, Seen.nothing());
    }

    static Set<AssetId> ids(String... ids) {
        return Arrays.stream(ids).map(AssetId::parse).collect(Collectors.toCollection(TreeSet::new));
    }

    static List<String> steps(Plan plan) {
        return plan.steps().stream().map(step -> step.id().value()).toList();
    }

    static Step step(Plan plan, String id) {
        return plan.steps().stream()
                .filter(step -> step.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + id + " in " + steps(plan)));
    }

    static List<String> needs(Plan plan, String id) {
        return step(plan, id).needs().stream().map(StepId::value).toList();
    }

    /** Whether {@code earlier} must have settled before {@code later}, directly or not. */
    static boolean waits(Plan plan, String later, String earlier) {
        Map<StepId, Step> byId = plan.steps().stream().collect(Collectors.toMap(Step::id, Function.identity()));
        Set<StepId> seen = new HashSet<>();
        List<StepId> open = new ArrayList<>(step(plan, later).needs());
        while (!open.isEmpty()) {
            StepId next = open.remove(open.size() - 1);
            if (seen.add(next)) {
                open.addAll(Optional.ofNullable(byId.get(next)).orElseThrow().needs());
            }
        }
        return seen.contains(step(plan, earlier).id());
    }
}
