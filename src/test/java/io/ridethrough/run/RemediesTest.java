package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Remedies are sent like every other command, at most twice to an asset in a run, and never blindly again. */
final class RemediesTest {
    private static final Intent RECOVERY = Plans.intent(Trigger.POWER, Phase.RECOVERY);

    private final VirtualTime time = new VirtualTime();
    private final MemoryJournal journal = new MemoryJournal(time);
    private final FakeWorld world = new FakeWorld(time, Duration.ofMillis(50));
    private int wanted = 1;

    @Test
    void isSentAtMostTwiceToAnAssetInARun() {
        world.sees("attic/node", new Sight.Other("seen.lines = [inactive]"));

        live(steps(3), Mortal.Death.NEVER);

        assertThat(world.commands()).containsExactly("REMEDY attic/node", "REMEDY attic/node");
        JsonNode remedies = receipt().path("remedies");
        assertThat(remedies.findValuesAsText("outcome")).containsExactly("Failed", "Failed", "Refused");
        assertThat(remedies.path(0).path("evidence").asText()).contains("seen.lines = [inactive]");
        assertThat(remedies.path(2).path("evidence").asText())
                .isEqualTo("2 remedies were sent to attic/node in this run: a person is needed");
        assertThat(receipt().path("result").asText()).isEqualTo("incomplete");
    }

    @Test
    void isNotSentForWhatHoldsAndNotForWhatCannotBeSeen() {
        live(steps(1), Mortal.Death.NEVER);
        assertThat(world.commands()).isEmpty();
        assertThat(receipt().has("remedies")).isFalse();

        wanted = 2;
        world.sees("attic/node", new Sight.Unseen("no answer in 10 s"));
        live(steps(1), Mortal.Death.NEVER);
        assertThat(world.commands()).isEmpty();
        assertThat(receipt().path("remedies").findValuesAsText("outcome")).containsExactly("Unknown");
    }

    @Test
    void isNotSentToWhatIsHeld() {
        world.up("attic/node", false);
        new Standing(journal).hold(new AssetId(Plans.SITE, "node"), "me", "a new disk");

        live(steps(1), Mortal.Death.NEVER);

        assertThat(world.commands()).isEmpty();
        assertThat(receipt().path("remedies").findValuesAsText("evidence")).containsExactly("held by me: a new disk");
    }

    /** At each write of its journal, before and after it: what was sent is looked at first, and not sent again. */
    @Test
    void isNotSentAgainByTheProcessAfterOneThatWasKilled() {
        world.up("attic/node", false);
        live(steps(2), Mortal.Death.NEVER);
        int writes = journal.entries().size();
        assertThat(world.commands()).containsExactly("REMEDY attic/node");

        for (int write = 1; write <= writes; write++) {
            for (boolean written : List.of(false, true)) {
                RemediesTest other = new RemediesTest();
                other.world.up("attic/node", false);
                other.live(steps(2), new Mortal.Death(write, written));
                other.live(steps(2), Mortal.Death.NEVER);

                assertThat(other.world.commands()).as("write %d", write).containsExactly("REMEDY attic/node");
                assertThat(other.receipt().path("result").asText()).isEqualTo("complete");
            }
        }
    }

    /** What a process before it sent counts. */
    @Test
    void countsWhatWasSentBeforeItsProcessWasKilled() {
        world.sees("attic/node", new Sight.Other("seen.lines = [inactive]"));
        live(steps(3), Mortal.Death.NEVER);
        int writes = journal.entries().size();

        for (int write = 1; write <= writes; write++) {
            RemediesTest other = new RemediesTest();
            other.world.sees("attic/node", new Sight.Other("seen.lines = [inactive]"));
            other.live(steps(3), new Mortal.Death(write, true));
            other.live(steps(3), Mortal.Death.NEVER);

            assertThat(other.world.commands()).as("write %d", write).hasSizeLessThanOrEqualTo(2);
        }
    }

    /** One process: it goes on with what is open, and begins the run unless it has ended. */
    private void live(List<Step> steps, Mortal.Death death) {
        try {
            Mortal process = new Mortal(
                    journal, world, time, (intent, contracts, seen) -> Plans.plan(intent, steps), death, false);
            process.resume();
            time.passUntil(() -> process.isDead() || process.runs.progress().isEmpty());
            if (!process.isDead() && journal.receipts().size() < wanted) {
                process.begin(RECOVERY);
                time.passUntil(() -> process.isDead() || process.runs.progress().isEmpty());
            }
        } catch (Mortal.Killed killed) {
            // the next process goes on
        }
    }

    private JsonNode receipt() {
        List<JsonNode> receipts = journal.receipts();
        return receipts.get(receipts.size() - 1);
    }

    private static List<Step> steps(int remedies) {
        List<Step> steps = new ArrayList<>();
        IntStream.range(0, remedies).forEach(i -> {
            TreeSet<StepId> needs = new TreeSet<>();
            steps.forEach(before -> needs.add(before.id()));
            steps.add(new Step(
                    new StepId("recovery:attic/node:control" + i),
                    Phase.RECOVERY,
                    Verb.REMEDY,
                    Optional.of(new AssetId(Plans.SITE, "node")),
                    needs,
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.of("control" + i)));
        });
        return steps;
    }
}
