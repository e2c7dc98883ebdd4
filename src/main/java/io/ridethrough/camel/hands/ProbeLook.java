package io.ridethrough.camel.hands;

import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Probe;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Sight;
import io.ridethrough.target.probe.ProbeAnswer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** PROBE: a declared question, as often as the policy says, until it is answered well. */
final class ProbeLook implements LookOnly {
    private final Tools tools;

    ProbeLook(Tools tools) {
        this.tools = tools;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        return step.probe()
                .map(probe -> attempt(probe, 1))
                .orElseGet(() -> CompletableFuture.completedFuture(new Sight.Mismatch("no question is declared")));
    }

    private CompletionStage<Sight> attempt(Probe probe, int number) {
        Policy.Checks checks = tools.contracts().policy().checks();
        return tools.probes().ask(probe, checks.timeout()).thenCompose(answer -> {
            boolean last = number >= checks.attempts() || answer.health() == ProbeAnswer.Health.WELL;
            return last
                    ? CompletableFuture.completedFuture(sight(answer, number))
                    : tools.time().after(checks.backOff()).thenCompose(waited -> attempt(probe, number + 1));
        });
    }

    private static Sight sight(ProbeAnswer answer, int attempts) {
        String evidence = answer.evidence() + (attempts > 1 ? " (attempt " + attempts + ")" : "");
        return switch (answer.health()) {
            case WELL -> new Sight.Desired(evidence);
            case UNWELL -> new Sight.Other(evidence);
            case UNSEEN -> new Sight.Unseen(evidence);
        };
    }
}
