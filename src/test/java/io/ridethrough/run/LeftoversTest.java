package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Kept;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process that starts does with runs that another left: R31, in its order, on a virtual clock. */
class LeftoversTest {
    private static final String BATTERY = "ups said OB";

    private final VirtualTime time = new VirtualTime();
    private final FakeWorld world = new FakeWorld(time, Duration.ofSeconds(1));
    private final MemoryJournal journal = new MemoryJournal(time);
    private Optional<String> power = Optional.of(BATTERY);
    private Contracts contracts = Plans.noContracts();

    @BeforeEach
    void bothAreUp() {
        world.up("attic/one", true);
        world.up("attic/two", true);
    }

    /** R31, R17: power is read before anything rises. */
    @Test
    void letsAStartupWaitInTheDarkUntilItsPowerIsKnownAndGood() {
        world.up("attic/one", false);
        world.up("attic/two", false);
        Mortal next = dieAtFirstIntention(Trigger.POWER, Phase.STARTUP, Verb.START);

        next.resume();
        aWhilePasses();
        assertThat(world.commands()).isEmpty();
        assertThat(asleep(next)).contains("waits for power before it goes on: " + BATTERY);

        power = Optional.of("ups is on mains, charge 12 % of 50 % needed");
        next.resume();
        assertThat(asleep(next).orElse("")).endsWith("charge 12 % of 50 % needed");

        power = Optional.empty();
        next.resume();
        time.passUntil(() -> next.runs.progress().isEmpty());
        assertThat(world.commands()).containsExactly("START attic/one", "START attic/two");
    }

    /** R34: protection waits for nothing. */
    @Test
    void letsAShutdownByPowerGoOnAtOnce() {
        Mortal next = dieAtFirstIntention(Trigger.POWER, Phase.SHUTDOWN, Verb.SHUT_DOWN);

        next.resume();
        time.passUntil(() -> next.runs.progress().isEmpty());

        assertThat(world.commands()).containsExactly("SHUT_DOWN attic/one", "SHUT_DOWN attic/two");
    }

    @Test
    void letsWhatOnlyLooksWaitForNothing() {
        Mortal next = dieAtFirstIntention(Trigger.HAND, Phase.VERIFY, Verb.PROBE);

        next.resume();
        time.passUntil(() -> next.runs.progress().isEmpty());

        assertThat(world.commands()).isEmpty();
    }

    @Test
    void goesOnByAPersonsWordWhateverPowerSays() {
        Mortal next = dieAtFirstIntention(Trigger.HAND, Phase.SHUTDOWN, Verb.SHUT_DOWN);
        next.resume();
        String run = next.runs.progress().get(0).run();

        next.resume(new Resume(Optional.of(run), "a person", "I stand beside it"));
        time.passUntil(() -> next.runs.progress().isEmpty());

        assertThat(world.commands()).containsExactly("SHUT_DOWN attic/one", "SHUT_DOWN attic/two");
        assertThat(journal.receipt(run).orElseThrow().path("resumed")).hasSize(1);
    }

    /** R33: what was planned with other contracts is not carried on blindly. */
    @Test
    void asksAPersonWhereTheContractsAreOthersThanThoseOfThePlan() {
        power = Optional.empty();
        Mortal first = mortal(new Mortal.Death(3, false));
        dies(first, intent(Trigger.HAND, Phase.SHUTDOWN));
        contracts = new Contracts(new TreeMap<>(), contracts.policy(), contracts.assumptions(), "1".repeat(64));
        Mortal next = mortal(Mortal.Death.NEVER);

        next.resume();
        aWhilePasses();

        assertThat(world.commands()).isEmpty();
        assertThat(asleep(next).orElse("")).contains("contracts were changed").contains("abandon");
        next.runs.stop(next.runs.progress().get(0).run(), "abandoned");
        assertThat(next.runs.progress()).isEmpty();
    }

    /** R33: the folder has changed, and the site is still as it was when the run was planned. */
    @Test
    void goesOnByItselfWhereItsSiteIsAsItWasPlannedAndSaysThatTheFolderIsNot() {
        power = Optional.empty();
        Mortal first = mortal(new Mortal.Death(3, false));
        dies(first, intent(Trigger.HAND, Phase.SHUTDOWN));
        String planned = contracts.digest();
        String run = first.runs.progress().get(0).run();
        contracts = new Contracts(new TreeMap<>(), contracts.policy(), contracts.assumptions(), "1".repeat(64))
                .keeping(new Kept(Map.of(new SiteId("attic"), planned), "2".repeat(64)));
        Mortal next = mortal(Mortal.Death.NEVER);

        next.resume();
        time.passUntil(() -> next.runs.progress().isEmpty());

        assertThat(world.commands()).containsExactly("SHUT_DOWN attic/one", "SHUT_DOWN attic/two");
        assertThat(journal.receipt(run).orElseThrow().path("contracts-changed").asText())
                .contains("folder now 222222222222: goes on with those it was planned with");
    }

    private void aWhilePasses() {
        aWhilePasses(Duration.ofMinutes(10));
    }

    private void aWhilePasses(Duration whole) {
        CompletableFuture<Void> over = time.after(whole).toCompletableFuture();
        time.passUntil(over::isDone);
    }

    /** R20: silence proves nothing before it was watched for its whole time, and nobody watched between two processes. */
    @Test
    void givesTheSilenceOfAHostItsWholeTimeToBeBelieved() {
        verb = Verb.POWER_OFF;
        Silent host = new Silent();
        Mortal first = mortal(new Mortal.Death(4, false), host);
        dies(first, intent(Trigger.POWER, Phase.SHUTDOWN));
        String run = journal.ofKinds(Notes.RUN_BEGUN).get(0).run().orElseThrow();
        aWhilePasses(Duration.ofSeconds(90));
        host.watchedSince = Optional.empty();
        Mortal next = mortal(Mortal.Death.NEVER, host);

        next.resume();
        time.passUntil(() -> next.runs.progress().isEmpty());

        assertThat(journal.receipt(run).orElseThrow().path("result").asText()).isEqualTo("complete");
        assertThat(host.commands).isEqualTo(2);
    }

    /** R20: a host that still says goodbye when the next process first looks has its silence before it. */
    @Test
    void givesAHostThatIsStillGoingTheTimeToGoAndToBeSilent() {
        verb = Verb.POWER_OFF;
        expected = Duration.ofSeconds(90);
        Silent host = new Silent();
        host.going = expected;
        Mortal first = mortal(new Mortal.Death(4, false), host);
        dies(first, intent(Trigger.POWER, Phase.SHUTDOWN));
        String run = journal.ofKinds(Notes.RUN_BEGUN).get(0).run().orElseThrow();
        host.going = Duration.ZERO;
        Mortal next = mortal(Mortal.Death.NEVER, host);

        next.resume();
        time.passUntil(() -> next.runs.progress().isEmpty());

        assertThat(journal.receipt(run).orElseThrow().path("result").asText()).isEqualTo("complete");
        assertThat(host.commands).isEqualTo(2);
    }

    /** Hosts that say nothing once they have gone off, as long as that takes; two minutes of silence are believed. */
    private final class Silent implements Hands {
        private final Map<String, Duration> off = new HashMap<>();
        private Optional<Duration> watchedSince = Optional.empty();
        private Duration going = Duration.ZERO;
        private int commands;

        private Duration elapsed() {
            return Duration.ofNanos(time.nanos());
        }

        @Override
        public CompletionStage<Sight> look(Step step) {
            Optional<Duration> gone = Optional.ofNullable(off.get(step.id().value()));
            if (gone.isEmpty() || elapsed().compareTo(gone.get()) < 0) {
                watchedSince = Optional.empty();
                return CompletableFuture.completedFuture(new Sight.Other("on"));
            }
            Duration since = watchedSince.orElse(elapsed());
            watchedSince = Optional.of(since);
            return CompletableFuture.completedFuture(
                    elapsed().minus(since).compareTo(Duration.ofMinutes(2)) >= 0
                            ? new Sight.Desired("off (inferred)")
                            : new Sight.Unseen("silent"));
        }

        @Override
        public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
            commands++;
            off.put(step.id().value(), elapsed().plus(going));
            return CompletableFuture.completedFuture(new Answer.Accepted("going"));
        }

        @Override
        public List<Rung> ladder(Step step) {
            return List.of(new Rung(Rung.Force.GRACEFUL, Duration.ofSeconds(150)));
        }
    }

    private static Optional<String> asleep(Mortal process) {
        return process.runs.progress().get(0).asleep();
    }

    /** A process begins and dies before its first intention is on disk; the answer is the one that comes after it. */
    private Mortal dieAtFirstIntention(Trigger trigger, Phase phase, Verb verb) {
        this.verb = verb;
        dies(mortal(new Mortal.Death(2, false)), intent(trigger, phase));
        return mortal(Mortal.Death.NEVER);
    }

    private Verb verb = Verb.SHUT_DOWN;
    private Duration expected = Duration.ofSeconds(1);

    private static void dies(Mortal process, Intent intent) {
        try {
            process.begin(intent);
        } catch (Mortal.Killed killed) {
            assertThat(process.isDead()).isTrue();
        }
        assertThat(process.isDead()).isTrue();
    }

    private static Intent intent(Trigger trigger, Phase phase) {
        return Plans.intent(trigger, phase);
    }

    private Mortal mortal(Mortal.Death death) {
        return mortal(death, world);
    }

    private Mortal mortal(Mortal.Death death, Hands hands) {
        return new Mortal(
                journal,
                hands,
                time,
                (intent, known, seen) -> plan(intent),
                death,
                false,
                site -> power,
                () -> contracts);
    }

    private Plan plan(Intent intent) {
        Phase phase = intent.phases().get(0);
        Step one = Plans.lasting(Plans.step(phase, verb, "one"), expected);
        Step two = Plans.lasting(Plans.step(phase, verb, "two", "one"), expected);
        return Plans.plan(intent, List.of(one, two, Plans.step(phase, Verb.PHASE_END, "end", "one", "two")));
    }
}
