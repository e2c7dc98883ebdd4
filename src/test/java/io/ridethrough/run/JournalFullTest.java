package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.OtherJournal;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private final Mortal process = process(journal);

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

    /** R38: nothing tells the next process who took these down, so it must not say that a person had. */
    @Test
    void whatAProtectiveShutdownTookDownBeforeItDiedWithoutARecordCountsAsStoppedByNobody() {
        Mortal first = process(new OtherJournal(journal) {
            @Override
            public Entry append(Optional<String> run, String kind, JsonNode body) {
                Entry entry = super.append(run, kind, body);
                journal.full(kind.equals(Notes.RUN_BEGUN));
                return entry;
            }
        });
        first.begin(Plans.intent(Trigger.POWER, Phase.SHUTDOWN));
        time.passUntil(() -> first.runs.progress().isEmpty());
        first.kill();
        journal.full(false);

        Mortal next = process(journal);
        next.resume();
        time.passUntil(() -> next.runs.progress().isEmpty());

        assertThat(world.commands()).hasSize(3);
        assertThat(next.standing.seen().known()).isEmpty();
    }

    /** Otherwise a receipt that the next process writes would have steps without an end. */
    @Test
    void howTheStepsOfPlannedWorkEndedIsWrittenBeforeItsEndIs() {
        process.begin(Plans.intent(Trigger.HAND, Phase.SHUTDOWN));
        journal.full(true);
        time.passUntil(() -> process.runs.progress().isEmpty());
        journal.full(false);
        time.passUntil(() -> !journal.receipts().isEmpty());

        assertThat(journal.ofKinds(Notes.SETTLED, Notes.RUN_CLOSED))
                .extracting(Entry::kind)
                .containsExactly(Notes.SETTLED, Notes.SETTLED, Notes.SETTLED, Notes.RUN_CLOSED);
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

    private Mortal process(Journal disk) {
        return new Mortal(
                disk, world, time, (intent, contracts, seen) -> Plans.plan(intent, STEPS), Mortal.Death.NEVER, false);
    }
}
