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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** R25 and R34: a login that rests, since it was refused a moment ago, when something is to be taken down. */
class RestingLoginTest {
    private static final Duration RESTS = Duration.ofSeconds(20);
    private static final String OFF = "POWER_OFF attic/pve2";

    private final VirtualTime time = new VirtualTime();
    private final FakeWorld world = new FakeWorld(time, Duration.ofSeconds(1));
    private final MemoryJournal journal = new MemoryJournal(time);

    @Test
    void anEmergencySendsItOnceTheLoginIsShownAgain() {
        shutDown(Trigger.POWER);

        assertThat(world.commands()).containsOnlyOnce(OFF);
    }

    @Test
    void plannedWorkLeavesItToAPerson() {
        shutDown(Trigger.HAND);

        assertThat(world.commands()).doesNotContain(OFF);
    }

    /** What certainly was not sent is sent by the next process, though no trace tells that it was not. */
    @Test
    void aProcessThatDiesWhileItRestsLeavesNothingUnsent() {
        Resting world = new Resting();
        Mortal first = process(world);
        first.begin(Plans.intent(Trigger.POWER, Phase.SHUTDOWN));
        time.passUntil(() -> !world.until.equals(Instant.MAX));
        Instant then = time.now().plusSeconds(3);
        time.passUntil(() -> !time.now().isBefore(then));
        first.kill();
        Mortal next = process(world);

        next.resume();
        time.passUntil(() -> next.runs.progress().isEmpty());

        assertThat(this.world.commands()).containsOnlyOnce(OFF);
    }

    private void shutDown(Trigger trigger) {
        Mortal process = process(new Resting());
        process.begin(Plans.intent(trigger, Phase.SHUTDOWN));
        time.passUntil(() -> process.runs.progress().isEmpty());
    }

    private Mortal process(Hands hands) {
        return new Mortal(
                journal, hands, time, Planner::plan, Mortal.Death.NEVER, false, Supply.always(), FakeContracts::attic);
    }

    /** A world in which one node refuses our login for a while from when it is first told to go off. */
    private final class Resting implements Hands {
        private Instant until = Instant.MAX;

        @Override
        public CompletionStage<Sight> look(Step step) {
            return world.look(step);
        }

        @Override
        public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
            if (step.verb() != Verb.POWER_OFF || !step.id().value().endsWith("/pve2")) {
                return world.act(step, rung, limit);
            }
            if (until.equals(Instant.MAX)) {
                until = time.now().plus(RESTS);
            }
            return time.now().isBefore(until)
                    ? CompletableFuture.completedFuture(new Answer.Resting("the login rests"))
                    : world.act(step, rung, limit);
        }

        @Override
        public List<Rung> ladder(Step step) {
            return world.ladder(step);
        }
    }
}
