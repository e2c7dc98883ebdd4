package io.ridethrough.run;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Forecast;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans by hand, for tests of the run alone. */
public final class Plans {
    public static final SiteId SITE = new SiteId("attic");

    private Plans() {}

    public static Contracts noContracts() {
        return new Contracts(
                new TreeMap<>(),
                new Policy(List.of(), new Policy.Checks(1, Duration.ofSeconds(1), Duration.ofSeconds(1))),
                List.of(),
                "0".repeat(64));
    }

    public static Intent intent(Trigger trigger, Phase... phases) {
        return new Intent(
                Scope.of(SITE),
                List.of(phases),
                trigger,
                Set.of(SITE),
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                "test",
                "a test");
    }

    /** A step {@code phase:asset} that needs others of the same phase. */
    public static Step step(Phase phase, Verb verb, String asset, String... needs) {
        TreeSet<StepId> ids = new TreeSet<>();
        for (String need : needs) {
            ids.add(new StepId(phase.word() + ":" + need));
        }
        return new Step(
                new StepId(phase.word() + ":" + asset),
                phase,
                verb,
                verb == Verb.PHASE_END ? Optional.empty() : Optional.of(new AssetId(SITE, asset)),
                ids,
                Duration.ofSeconds(1),
                Optional.empty());
    }

    /** The same step, needing one more of any phase. */
    public static Step after(Step step, String need) {
        TreeSet<StepId> needs = new TreeSet<>(step.needs());
        needs.add(new StepId(need));
        return new Step(step.id(), step.phase(), step.verb(), step.asset(), needs, step.expected(), step.probe());
    }

    /** The same step, declared to take this long. */
    public static Step lasting(Step step, Duration expected) {
        return new Step(step.id(), step.phase(), step.verb(), step.asset(), step.needs(), expected, step.probe());
    }

    /** The same intent with what a person acknowledged. */
    public static Intent acknowledged(Intent intent, Optional<String> token) {
        return new Intent(
                intent.scope(),
                intent.phases(),
                intent.trigger(),
                intent.powerOff(),
                intent.window(),
                intent.boundary(),
                intent.execute(),
                token,
                intent.by(),
                intent.reason());
    }

    public static Plan plan(Intent intent, List<Step> steps) {
        return new Plan(
                intent,
                steps,
                new Forecast(Duration.ofSeconds(steps.size()), List.of(), Map.of()),
                new ArrayList<>(),
                Optional.empty());
    }
}
