package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A step that is proven by something newer than its intention, such as a backup: who looks is told when that was. */
class BackUpTest {
    private static final Duration TAKES = Duration.ofSeconds(5);
    private static final String STEP = "shutdown:attic/web:back-up";

    private final VirtualTime time = new VirtualTime();
    private final FakeWorld world = new FakeWorld(time, Duration.ofSeconds(1));
    private final MemoryJournal journal = new MemoryJournal(time);
    private final List<Instant> backups = new ArrayList<>();
    private boolean works = true;
    private boolean makes = true;
    private int asked;

    @Test
    void anOldBackupProvesNothingAndALostAnswerIsNoReasonForASecond() {
        backups.add(time.now().minus(Duration.ofHours(1)));

        String run = toItsEnd(process());

        assertThat(backups).hasSize(2);
        assertThat(outcome(run, STEP)).isEqualTo("Done");
        assertThat(world.commands()).contains("SHUT_DOWN attic/web");
    }

    /** Its intention is the last that a process wrote; the backup was made while none was there. */
    @Test
    void aBackupThatADeadProcessAskedForProvesItsStepInTheNext() {
        Mortal first = process();
        begin(first);
        time.passUntil(() -> !backups.isEmpty());
        first.kill();

        Mortal next = process();
        next.resume();
        String run = next.runs.progress().get(0).run();
        time.passUntil(() -> next.runs.progress().isEmpty());

        assertThat(backups).hasSize(1);
        assertThat(outcome(run, STEP)).isEqualTo("Done");
    }

    @Test
    void withoutABackupPlannedWorkLeavesItsGuestAlone() {
        works = false;

        String run = toItsEnd(process());

        assertThat(outcome(run, STEP)).isEqualTo("Failed");
        assertThat(outcome(run, "shutdown:attic/web")).isEqualTo("Refused");
        assertThat(world.commands()).doesNotContain("SHUT_DOWN attic/web").contains("SHUT_DOWN attic/media");
    }

    /** R34: what protects from an outage does not wait for a backup that takes its time, nor for its answer. */
    @Test
    void powerThatFailsInTheMiddleWaitsForNoBackup() {
        makes = false;
        Mortal process = process();
        begin(process);
        time.passUntil(() -> asked > 0);
        Instant failed = time.now();

        process.begin(Plans.intent(Trigger.POWER, Phase.SHUTDOWN));
        time.passUntil(() -> world.commands().contains("SHUT_DOWN attic/web"));

        assertThat(Duration.between(failed, time.now())).isLessThan(Duration.ofSeconds(30));
        time.passUntil(() -> process.runs.progress().isEmpty());
    }

    private Mortal process() {
        return new Mortal(
                journal,
                new Home(),
                time,
                Planner::plan,
                Mortal.Death.NEVER,
                false,
                Supply.always(),
                FakeContracts::atticWithHome);
    }

    private void begin(Mortal process) {
        process.begin(Plans.intent(Trigger.HAND, Phase.SHUTDOWN));
    }

    private String toItsEnd(Mortal process) {
        begin(process);
        String run = process.runs.progress().get(0).run();
        time.passUntil(() -> process.runs.progress().isEmpty());
        return run;
    }

    private String outcome(String run, String step) {
        for (var one : journal.receipt(run).orElseThrow().path("steps")) {
            if (one.path("step").asText().equals(step)) {
                return one.path("outcome").asText();
            }
        }
        return "no such step";
    }

    /** A world whose Home Assistant makes a backup when it is asked for one, and never says so. */
    private final class Home implements Hands {
        @Override
        public CompletionStage<Sight> look(Step step) {
            return step.verb() == Verb.BACK_UP ? seen(Optional.empty()) : world.look(step);
        }

        @Override
        public CompletionStage<Sight> look(Step step, Instant since) {
            return step.verb() == Verb.BACK_UP ? seen(Optional.of(since)) : world.look(step);
        }

        private CompletionStage<Sight> seen(Optional<Instant> since) {
            boolean made = since.filter(from -> backups.stream().anyMatch(one -> !one.isBefore(from)))
                    .isPresent();
            return CompletableFuture.completedFuture(
                    made ? new Sight.Desired("a backup") : new Sight.Other("no backup since " + since));
        }

        @Override
        public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
            if (step.verb() != Verb.BACK_UP) {
                return world.act(step, rung, limit);
            }
            if (!works) {
                return CompletableFuture.completedFuture(new Answer.Declined("no agent"));
            }
            asked++;
            if (!makes) {
                return new CompletableFuture<>();
            }
            backups.add(time.now());
            return time.after(TAKES).thenApply(passed -> new Answer.Lost("it never says so"));
        }

        @Override
        public List<Rung> ladder(Step step) {
            return step.verb() == Verb.BACK_UP
                    ? List.of(new Rung(Rung.Force.GRACEFUL, Duration.ofMinutes(5)))
                    : world.ladder(step);
        }
    }
}
