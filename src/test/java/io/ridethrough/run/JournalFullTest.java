package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R34: protection fails open, everything else fails closed, and both say so. */
final class JournalFullTest {
    private static final List<Step> STEPS = List.of(
            Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"),
            Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "database", "app"),
            Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "node", "database"));

    private final VirtualTime time = new VirtualTime();
    private final MemoryJournal journal = new MemoryJournal(time);
    private final FakeWorld world = new FakeWorld(time, Duration.ofMillis(50));
    private final Mortal process = new Mortal(
            journal, world, time, (intent, contracts, seen) -> Plans.plan(intent, STEPS), Mortal.Death.NEVER, false);

    @Test
    void aProtectiveShutdownGoesOnInMemoryAndItsReceiptIsWrittenWhenThereIsRoom() {
        process.begin(Plans.intent(Trigger.POWER, Phase.SHUTDOWN));
        journal.full(true);
        time.passUntil(() -> world.commands().size() == 2);
        assertThat(process.runs.progress().get(0).unjournalled()).isPresent();
        time.passUntil(() -> process.runs.progress().isEmpty());

        assertThat(world.commands())
                .containsExactly("SHUT_DOWN attic/app", "SHUT_DOWN attic/database", "POWER_OFF attic/node");
        assertThat(journal.receipts()).isEmpty();
        journal.full(false);
        time.passUntil(() -> !journal.receipts().isEmpty());

        JsonNode receipt = journal.receipts().get(0);
        assertThat(receipt.path("result").asText()).isEqualTo("complete");
        assertThat(receipt.path("unjournalled").asText()).contains("no space left on device");
    }

    @Test
    void aProtectiveShutdownBeginsThoughNothingCanBeWrittenAtAll() {
        journal.full(true);
        process.begin(Plans.intent(Trigger.POWER, Phase.SHUTDOWN));
        time.passUntil(() -> process.runs.progress().isEmpty());

        assertThat(world.commands()).hasSize(3);
    }

    @Test
    void plannedWorkStopsBeforeItsNextAct() {
        process.begin(Plans.intent(Trigger.HAND, Phase.SHUTDOWN));
        journal.full(true);
        time.passUntil(() -> process.runs.progress().isEmpty());
        journal.full(false);
        time.passUntil(() -> !journal.receipts().isEmpty());

        assertThat(world.commands()).containsExactly("SHUT_DOWN attic/app");
        assertThat(journal.receipts().get(0).path("result").asText()).isEqualTo("stopped");
        assertThat(journal.receipts().get(0).path("stopped").asText()).contains("cannot be written");
    }

    @Test
    void plannedWorkDoesNotEvenBeginWithoutItsJournal() {
        journal.full(true);

        Begun begun = process.runs
                .begin(Plans.intent(Trigger.HAND, Phase.SHUTDOWN))
                .toCompletableFuture()
                .join();

        assertThat(begun).isInstanceOf(Begun.Denied.class);
        assertThat(world.commands()).isEmpty();
    }
}
