package io.ridethrough.camel.hands;

import io.ridethrough.plan.Step;
import io.ridethrough.run.Sight;
import io.ridethrough.standard.Finding;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** GATE: a control of the standard holds for the asset. An acceptance answers for a deviation; it opens no gate. */
final class GateLook implements LookOnly {
    private final Controls controls;

    GateLook(Controls controls) {
        this.controls = controls;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        if (step.control().isEmpty() || step.asset().isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Unseen("no control is named"));
        }
        return controls.find(step.control().get(), step.asset().get()).thenApply(GateLook::sight);
    }

    /** What was found, as what a step sees. */
    static Sight sight(Finding finding) {
        if (finding instanceof Finding.Holds) {
            return new Sight.Desired(finding.evidence());
        }
        return finding instanceof Finding.Unobservable
                ? new Sight.Unseen(finding.evidence())
                : new Sight.Other(finding.evidence());
    }
}
