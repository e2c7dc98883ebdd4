package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;

/** Steps on assets of the attic. */
final class Steps {
    private Steps() {}

    static Step of(Verb verb, String asset) {
        return new Step(
                new StepId(verb + ":" + asset),
                Phase.SHUTDOWN,
                verb,
                Optional.of(AssetId.parse("attic/" + asset)),
                new TreeSet<>(),
                Duration.ofSeconds(1),
                Optional.empty());
    }
}
