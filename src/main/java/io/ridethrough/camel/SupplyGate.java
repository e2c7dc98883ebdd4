package io.ridethrough.camel;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Trigger;
import io.ridethrough.run.Planning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Planned work waits for power (R10): a plan that takes down or starts anything is refused while a UPS of its sites is
 * not on mains and charged, unless a person says that they accept it. What a person only starts needs mains, not charge
 * (R17). Runs by power and those that only look are never refused here.
 */
public final class SupplyGate implements Planning {
    private final Planning planning;
    private final PowerWatch watch;

    public SupplyGate(Planning planning, PowerWatch watch) {
        this.planning = planning;
        this.watch = watch;
    }

    @Override
    public Plan plan(Intent intent, Contracts contracts, Seen seen) {
        Plan plan = planning.plan(intent, contracts, seen);
        Optional<String> why = whyNot(intent, plan.sites());
        if (why.isEmpty() || plan.refusal().isPresent()) {
            return plan;
        }
        if (intent.accepts(Intent.POWER_AS_IT_IS)) {
            List<String> notes = new ArrayList<>(plan.notes());
            notes.add("accepted by " + intent.by() + ", though " + why.get());
            return new Plan(intent, plan.steps(), plan.forecast(), notes, Optional.empty());
        }
        String waits = "planned work waits for power: " + why.get();
        String word = intent.trigger() == Trigger.HAND ? " (acknowledge " + Intent.POWER_AS_IT_IS + " to go on)" : "";
        return new Plan(intent, plan.steps(), plan.forecast(), plan.notes(), Optional.of(waits + word));
    }

    private Optional<String> whyNot(Intent intent, Set<SiteId> sites) {
        boolean moves = !Collections.disjoint(intent.phases(), Set.of(Phase.SHUTDOWN, Phase.STARTUP, Phase.RECOVERY));
        if (intent.trigger() == Trigger.POWER || !moves) {
            return Optional.empty();
        }
        boolean onWord = intent.trigger() == Trigger.HAND && !intent.phases().contains(Phase.SHUTDOWN);
        Function<SiteId, Optional<String>> ask = onWord ? watch::offMains : watch::unready;
        List<String> reasons =
                sites.stream().sorted().map(ask).flatMap(Optional::stream).toList();
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }
}
