package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Trigger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was escalated at a site keeps planned work from taking it down again, and nothing else. */
final class EscalatedTest {
    private final MemoryJournal journal = new MemoryJournal(new VirtualTime());
    private final Planning planning =
            new Escalated((intent, contracts, seen) -> Plans.plan(intent, List.of()), journal);

    @Test
    void noPlannedShutdownBeginsBeforeAPersonHasSeenWhatWasEscalated() {
        receipt("run-1", "recovery", "x at attic/node is not mended");
        Intent shutdown = Plans.intent(Trigger.SCHEDULE, Phase.SHUTDOWN);

        assertThat(plan(shutdown).refusal().orElse("")).contains("run-1: x at attic/node is not mended");
        Plan seen = plan(Plans.acknowledged(shutdown, Optional.of(Intent.ESCALATION_SEEN)));
        assertThat(seen.refusal()).isEmpty();
        assertThat(seen.notes()).hasSize(1).first().asString().contains("x at attic/node is not mended");
    }

    @Test
    void powerAndWhatTakesNothingDownAreNotRefused() {
        receipt("run-1", "recovery", "x");

        assertThat(plan(Plans.intent(Trigger.POWER, Phase.SHUTDOWN)).refusal()).isEmpty();
        assertThat(plan(Plans.intent(Trigger.HAND, Phase.RECOVERY)).refusal()).isEmpty();
    }

    @Test
    void itStandsUntilALaterStartupOrRecoveryLeavesNothing() {
        Intent shutdown = Plans.intent(Trigger.HAND, Phase.SHUTDOWN);
        receipt("run-1", "startup", "x");
        receipt("run-2", "verify");
        assertThat(plan(shutdown).refusal()).isPresent();

        receipt("run-3", "recovery");
        assertThat(plan(shutdown).refusal()).isEmpty();
    }

    private Plan plan(Intent intent) {
        return planning.plan(intent, Plans.noContracts(), Seen.nothing());
    }

    private void receipt(String run, String phase, String... escalated) {
        ObjectNode receipt = Notes.object().put("kind", "run").put("run", run).put("scope", "attic");
        receipt.putArray("phases").add(phase);
        for (String why : escalated) {
            receipt.withArray("escalated").add(why);
        }
        journal.appendReceipt(run, receipt);
    }
}
