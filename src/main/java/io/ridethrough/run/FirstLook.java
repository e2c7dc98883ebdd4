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
import java.util.function.Consumer;
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
                .map(step -> look(step, sight -> note(step, sight)).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new));
    }

    /**
     * Looks, without making anybody wait, at what a shutdown by power comes to later: what ran before it is then on
     * record, though its journal may fail, or its process die, before the turn of that step.
     */
    void ahead(OpenRun run) {
        run.plan.steps().stream()
                .filter(step -> step.verb() == Verb.SHUT_DOWN && !step.needs().isEmpty())
                .forEach(step -> {
                    var unused = look(step, sight -> noteFirst(run, step, sight));
                });
    }

    private void noteFirst(OpenRun run, Step step, Sight sight) {
        if (!(sight instanceof Sight.Unseen) && run.observedFirst(step)) {
            ObjectNode observed = observed(run, step, sight, standing);
            ledger.note(run, Notes.OBSERVED, observed);
            standing.observed(observed);
        }
    }

    /**
     * What a run sees first of an asset. Doubtful, if a process that has ended may have taken it down without a record: a
     * protective shutdown goes on without its journal, and what it did then dies with its process.
     */
    static ObjectNode observed(OpenRun run, Step step, Sight sight, Standing standing) {
        ObjectNode observed = Notes.observed(step, sight);
        boolean mayBeOurs = run.protects()
                && step.phase() == Phase.SHUTDOWN
                && (run.wasLeft()
                        || step.asset().filter(standing::mayBeDownByUs).isPresent());
        if (sight instanceof Sight.Desired && mayBeOurs) {
            observed.put("doubtful", true);
        }
        return observed;
    }

    private CompletionStage<Void> look(Step step, Consumer<Sight> told) {
        return asked.look(step).thenAccept(told).exceptionally(trouble -> {
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
