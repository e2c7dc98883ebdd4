package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.journal.Entry;
import io.ridethrough.plan.Forecast;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * R13, R19, R30: a run hands its own machine and the NAS below over to themselves, dies of it, and finds the proof when
 * it is back; killed before that, it goes on from what is pending.
 */
final class HandingOverTest {
    private static final AssetId METAL = AssetId.parse("attic/metal");
    private static final AssetId STORE = AssetId.parse("attic/store");
    private static final List<Step> DOWN = List.of(
            Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"),
            seal(Plans.step(Phase.SHUTDOWN, Verb.SEAL, "seal", "app")),
            Plans.step(Phase.SHUTDOWN, Verb.HAND_OVER, "metal", "seal"),
            Plans.step(Phase.SHUTDOWN, Verb.HAND_OVER, "store", "metal"),
            Plans.step(Phase.SHUTDOWN, Verb.PHASE_END, "end", "store"));

    private static Step seal(Step step) {
        return new Step(
                step.id(), step.phase(), step.verb(), Optional.of(METAL), step.needs(), step.expected(), step.probe());
    }

    @Test
    void isProvenByAnotherBootAndLeavesACompleteReceipt() {
        Story story = new Story(Trigger.POWER);

        story.untilOwnEnd();
        assertThat(story.tail.log).containsExactly("told store", "told metal", "off metal");
        story.back(Duration.ofMinutes(5));

        assertThat(story.tail.log)
                .containsExactly("told store", "told metal", "off metal", "off store", "on metal", "on store");
        JsonNode receipt = story.receipt();
        assertThat(receipt.path("result").asText()).as(receipt.toPrettyString()).isEqualTo("complete");
        assertThat(story.outcome("shutdown:seal"))
                .isEqualTo("Done: our own machine was off: boot id boot-1 before, boot-2 now");
        assertThat(story.outcome("shutdown:metal")).isEqualTo("Done: it was off: boot id boot-1 before, boot-2 now");
        assertThat(story.outcome("shutdown:store")).isEqualTo("Done: it was off: boot id boot-1 before, boot-2 now");
    }

    @Test
    void sealsBeforeTheFirstIsToldWithEverythingThatIsAboutToBeSent() {
        Story story = new Story(Trigger.POWER);
        story.untilOwnEnd();

        List<String> kinds = story.journal.entries().stream()
                .map(entry ->
                        entry.kind() + " " + entry.body().path("step").asText().replace("shutdown:", ""))
                .toList();
        assertThat(kinds)
                .containsSubsequence(
                        "settled app",
                        "sealed seal",
                        "intention store",
                        "answered store",
                        "intention metal",
                        "answered metal")
                .doesNotContain("settled seal");
        Entry sealed = story.journal.ofKinds(Notes.SEALED).get(0);
        assertThat(sealed.body().path("own-boot").asText()).isEqualTo("boot-1");
        assertThat(sealed.body().path("hops").findValuesAsText("machine"))
                .containsExactly("attic/store", "attic/metal");
        assertThat(sealed.body().path("hops").findValuesAsText("delay")).containsExactly("PT2M", "PT15S");
    }

    /** A process that only dies finds the same boot: what is pending is not sent again, what is late is told anew. */
    @Test
    void goesOnFromWhatIsPendingWhereverItsProcessWasKilled() {
        Story whole = new Story(Trigger.POWER);
        whole.untilOwnEnd();
        int writes = whole.journal.entries().size();

        for (int write = 1; write <= writes; write++) {
            for (boolean written : List.of(false, true)) {
                Story story = new Story(Trigger.POWER);
                story.live(new Mortal.Death(write, written));
                story.untilOwnEnd();
                story.back(Duration.ofMinutes(5));
                assertThat(story.pendingAtOnce())
                        .as("%d %s: %s", write, written, story.tail.log)
                        .isTrue();
                assertThat(story.tail.log)
                        .as("%d %s", write, written)
                        .containsSubsequence("off metal", "off store")
                        .containsOnlyOnce("off metal", "off store");
                assertThat(story.receipt().path("result").asText()).isEqualTo("complete");
            }
        }
    }

    @Test
    void isCalledBackWhenPowerReturnsBeforeTheEnd() {
        Story story = new Story(Trigger.POWER);
        story.live(Mortal.Death.NEVER, process -> {
            story.time.passUntil(() -> story.tail.log.contains("told metal"));
            process.begin(Plans.intent(Trigger.POWER, Phase.STARTUP));
        });
        story.time.passUntil(() -> false);

        assertThat(story.tail.log)
                .containsExactly("told store", "told metal", "called back metal", "called back store");
        assertThat(story.outcome("shutdown:seal"))
                .isEqualTo("Refused: power is back before the end: a test: what was handed over is called back, as seen"
                        + " on every machine");
        assertThat(story.receipt().path("result").asText()).isEqualTo("stopped");
        assertThat(story.journal.receipts()).as("turned round").hasSize(2);
    }

    @Test
    void callsBackWhatIsStillPendingWhenItIsBackEarly() {
        Story story = new Story(Trigger.POWER);
        story.untilOwnEnd();
        story.back(Duration.ofSeconds(10));

        assertThat(story.tail.log)
                .containsExactly("told store", "told metal", "off metal", "on metal", "called back store");
        assertThat(story.tail.isOn(STORE)).isTrue();
        assertThat(story.outcome("shutdown:store"))
                .isEqualTo("Refused: we were back before its time had come: called back");
    }

    @Test
    void handsNothingOverInPlannedWorkWhenOneCannotBeTold() {
        Story story = new Story(Trigger.HAND);
        story.tail.isDeaf(STORE);
        story.live(Mortal.Death.NEVER);
        story.time.passUntil(() -> false);

        assertThat(story.tail.log).isEmpty();
        assertThat(story.outcome("shutdown:seal")).startsWith("Refused: attic/store could not be told: no");
        assertThat(story.outcome("shutdown:metal")).startsWith("Refused: need shutdown:seal");
    }

    /** R34: on battery the others go all the same. */
    @Test
    void goesOnInAnEmergencyWithoutTheOneThatCannotBeTold() {
        Story story = new Story(Trigger.POWER);
        story.tail.isDeaf(STORE);
        story.untilOwnEnd();
        story.back(Duration.ofMinutes(5));

        assertThat(story.tail.log).containsExactly("told metal", "off metal", "on metal");
        assertThat(story.outcome("shutdown:seal")).startsWith("Done");
        assertThat(story.outcome("shutdown:store")).isEqualTo("Failed: it never went off: still in boot boot-1");
        assertThat(story.receipt().path("result").asText()).isEqualTo("incomplete");
    }

    @Test
    void tellsNobodyWhenItIsStoppedBeforeTheSeal() {
        Story story = new Story(Trigger.POWER);
        story.world.gate("attic/app");
        story.live(Mortal.Death.NEVER, process -> {
            process.runs.stop(process.runs.progress().get(0).run(), "a person says so");
            story.world.open("attic/app");
        });
        story.time.passUntil(() -> false);

        assertThat(story.tail.log).isEmpty();
        assertThat(story.outcome("shutdown:seal")).isEqualTo("Refused: a person says so");
    }

    private static final class Story {
        final VirtualTime time = new VirtualTime();
        final MemoryJournal journal = new MemoryJournal(time);
        final FakeWorld world = new FakeWorld(time, Duration.ofMillis(50));
        final FakeTail tail = new FakeTail(time, METAL);
        private final Intent intent;
        private final List<Mortal> lives = new ArrayList<>();

        Story(Trigger trigger) {
            intent = Plans.intent(trigger, Phase.SHUTDOWN);
        }

        private Plan plan(Intent wanted) {
            if (!wanted.phases().contains(Phase.SHUTDOWN)) {
                return Plans.plan(wanted, List.of(Plans.step(Phase.STARTUP, Verb.START, "app")));
            }
            Map<StepId, Forecast.Span> spans = Map.of(
                    new StepId("shutdown:seal"), span(1, 46),
                    new StepId("shutdown:metal"), span(46, 121),
                    new StepId("shutdown:store"), span(121, 200));
            return new Plan(
                    wanted, DOWN, new Forecast(Duration.ofSeconds(200), List.of(), spans), List.of(), Optional.empty());
        }

        private static Forecast.Span span(int begin, int end) {
            return new Forecast.Span(Duration.ofSeconds(begin), Duration.ofSeconds(end));
        }

        void live(Mortal.Death death) {
            live(death, process -> time.passUntil(() -> process.isDead() || idle(process)));
        }

        private boolean idle(Mortal process) {
            return !process.isDead() && process.runs.progress().isEmpty();
        }

        void live(Mortal.Death death, Consumer<Mortal> then) {
            try {
                Mortal process =
                        new Mortal(journal, new Both(), time, (wanted, contracts, seen) -> plan(wanted), death, false);
                lives.add(process);
                tail.atOwnEnd(process::kill);
                process.resume();
                if (journal.ofKinds(Notes.RUN_BEGUN).isEmpty()) {
                    process.begin(intent);
                }
                then.accept(process);
            } catch (Mortal.Killed killed) {
                assertThat(journal).isNotNull();
            }
        }

        void untilOwnEnd() {
            live(Mortal.Death.NEVER);
            assertThat(tail.isOn(METAL))
                    .as("%s %s", tail.log, journal.entries())
                    .isFalse();
        }

        /** Power returns that much later, and the orchestrator with it. */
        void back(Duration later) {
            long until = time.nanos() + later.toNanos();
            time.after(later);
            time.passUntil(() -> time.nanos() >= until);
            tail.bootAll();
            live(Mortal.Death.NEVER);
        }

        /** Whether no machine was told while it was told already. */
        boolean pendingAtOnce() {
            List<String> told = new ArrayList<>();
            for (String line : tail.log) {
                String machine = line.substring(line.lastIndexOf(' ') + 1);
                if (line.startsWith("told") && told.contains(machine)) {
                    return false;
                }
                if (line.startsWith("told")) {
                    told.add(machine);
                } else {
                    told.remove(machine);
                }
            }
            return true;
        }

        JsonNode receipt() {
            return journal.receipts().get(0);
        }

        String outcome(String step) {
            for (JsonNode each : receipt().path("steps")) {
                if (each.path("step").asText().equals(step)) {
                    return each.path("outcome").asText() + ": "
                            + each.path("evidence").asText();
                }
            }
            return "none";
        }

        private final class Both implements Hands {
            @Override
            public java.util.concurrent.CompletionStage<Sight> look(Step step) {
                return world.look(step);
            }

            @Override
            public java.util.concurrent.CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
                return world.act(step, rung, limit);
            }

            @Override
            public List<Rung> ladder(Step step) {
                return world.ladder(step);
            }

            @Override
            public Tail tail() {
                return tail;
            }
        }
    }
}
