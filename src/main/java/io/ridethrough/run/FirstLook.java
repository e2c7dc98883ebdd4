package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that takes down and brings up in one go plans its startup before its shutdown has looked at anything. So every
 * guest it would shut down is looked at first, and the plan is made from that: what runs now is restored, what stands
 * still now stays so (R38). What cannot be seen keeps what was known of it.
 */
final class FirstLook {
    private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);

    private final AskedTwice asked;
    private final Ledger ledger;
    private final Standing standing;

    FirstLook(AskedTwice asked, Ledger ledger, Standing standing) {
        this.asked = asked;
        this.ledger = ledger;
        this.standing = standing;
    }

    static boolean isNeeded(Intent intent) {
        return intent.execute() && intent.phases().containsAll(Set.of(Phase.SHUTDOWN, Phase.STARTUP));
    }

    /** Completes, always normally, when all were looked at; what was seen is then durable. */
    CompletionStage<Void> at(Plan plan) {
        List<CompletableFuture<Void>> looks = plan.steps().stream()
                .filter(step -> step.verb() == Verb.SHUT_DOWN)
                .map(step -> look(step).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new));
    }

    private CompletionStage<Void> look(Step step) {
        return asked.look(step).thenAccept(sight -> note(step, sight)).exceptionally(trouble -> {
            LOG.atWarn()
                    .setCause(trouble)
                    .addKeyValue("step", step.id())
                    .log("Not seen before the run; what was known before is restored");
            return null;
        });
    }

    private void note(Step step, Sight sight) {
        ObjectNode observed = Notes.observed(step, sight);
        ledger.observed(observed);
        standing.observed(observed);
    }
}
