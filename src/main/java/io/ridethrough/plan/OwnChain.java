package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/** What the orchestrators themselves hang on: no run may take that down before there is a hand-over (R26, R39). */
final class OwnChain {
    private static final Set<Verb> TAKES_DOWN =
            Set.of(Verb.SHUT_DOWN, Verb.COMPOSE_STOP, Verb.COMPOSE_DOWN, Verb.POWER_OFF);

    private OwnChain() {}

    /** The reason why these steps may not be executed, if any of them takes down a part of an orchestrator's chain. */
    static Optional<String> refusal(Contracts contracts, Relations relations, List<Step> steps) {
        for (Site site : contracts.sites().values()) {
            Optional<AssetId> home = site.orchestrator().runsOn();
            NavigableSet<AssetId> chain = relations.path().reach(home.stream().toList());
            List<String> hit = steps.stream()
                    .filter(step -> TAKES_DOWN.contains(step.verb()))
                    .flatMap(step -> step.asset().stream())
                    .filter(chain::contains)
                    .map(AssetId::toString)
                    .toList();
            if (home.isPresent() && !hit.isEmpty()) {
                return Optional.of("the orchestrator of " + site.id() + " runs on " + home.get()
                        + "; this plan takes down what it hangs on: " + String.join(", ", hit)
                        + ". There is no hand-over yet: run it from elsewhere, or leave these out");
            }
        }
        return Optional.empty();
    }
}
