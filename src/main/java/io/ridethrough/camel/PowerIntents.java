package io.ridethrough.camel;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Experience;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Trigger;
import io.ridethrough.power.Decision;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is asked of a site for a decision about its power. */
final class PowerIntents {
    private PowerIntents() {}

    /** The plan of a shutdown by power, as if it began now; everything counts as running. */
    static Plan shutdown(SiteId site, Contracts contracts, Experience experience) {
        Intent intent = of(site, List.of(Phase.SHUTDOWN), new Decision.Nothing("if power failed now"));
        return Planner.forecast(Planner.plan(intent, contracts, Seen.nothing()), contracts, experience);
    }

    /** Empty for a decision that sends nothing anywhere. */
    static Optional<Intent> of(SiteId site, Decision decision) {
        if (decision instanceof Decision.BeginShutdown) {
            return Optional.of(of(site, List.of(Phase.SHUTDOWN), decision));
        }
        if (decision instanceof Decision.Shed shed) {
            return Optional.of(of(new Scope(Set.of(), shed.guests()), List.of(Phase.SHUTDOWN), decision));
        }
        if (decision instanceof Decision.BeginStartup startup) {
            Scope scope = startup.guests().isEmpty() ? Scope.of(site) : new Scope(Set.of(), startup.guests());
            return Optional.of(of(scope, List.of(Phase.STARTUP, Phase.RECOVERY, Phase.VERIFY), decision));
        }
        return Optional.empty();
    }

    private static Intent of(SiteId site, List<Phase> phases, Decision decision) {
        return of(Scope.of(site), phases, decision);
    }

    private static Intent of(Scope scope, List<Phase> phases, Decision decision) {
        return new Intent(
                scope,
                phases,
                Trigger.POWER,
                scope.sites(),
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                "power",
                decision.reason());
    }
}
