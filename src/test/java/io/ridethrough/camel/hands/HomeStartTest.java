package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.FakeKnock;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.tcp.Knock.Sign;
import io.ridethrough.target.wake.Waker;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A guest with a Home Assistant in it: the VM web of the attic, whose radio is the declared device broker. */
class HomeStartTest {
    private final Contracts contracts = FakeContracts.atticWithHome();
    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final FakeKnock knock = new FakeKnock();
    private final List<HomeAsk> asked = new ArrayList<>();
    private final Map<Class<?>, Told> answers = new HashMap<>();
    private Told home = new Told.Undelivered("refused");
    private final TargetHands hands = new TargetHands(new Tools(
            () -> contracts,
            shell,
            BySsh.nodes(contracts, shell),
            BySsh.nases(contracts, shell),
            (target, ask) -> {
                asked.add(ask);
                return CompletableFuture.completedFuture(answers.getOrDefault(ask.getClass(), home));
            },
            host -> OptionalLong.empty(),
            knock,
            new Waker(Wiring.direct(), time),
            new Probes(
                    shell,
                    knock,
                    url -> CompletableFuture.failedFuture(new AssertionError(url)),
                    new NameQuery(Wiring.direct(), Runnable::run),
                    time),
            NoInterfaces.HTTPS,
            NoInterfaces.SECRETS,
            NoInterfaces.NUT,
            Runnable::run,
            time));

    @Test
    void itIsUpWhenItSaysRunningAndNotWhenItsVmRuns() {
        shell.prints("qm status 102", "status: running\n");

        assertThat(look()).isInstanceOf(Sight.Other.class);
        home = new HomeTold.Running(HomeTold.State.STARTING, "STARTING", "2026.11.2");
        assertThat(look()).isEqualTo(new Sight.Other("status: running; Home Assistant says STARTING"));
        home = new HomeTold.Running(HomeTold.State.RUNNING, "RUNNING", "2026.11.2");
        assertThat(look()).isEqualTo(new Sight.Desired("status: running; Home Assistant says RUNNING"));
    }

    @Test
    void oneThatMayNotBeAskedKeepsNothingDark() {
        shell.prints("qm status 102", "status: running\n");
        home = new Told.Barred("its token is refused: 401");

        assertThat(look()).isInstanceOfSatisfying(Sight.Desired.class, sight -> assertThat(sight.evidence())
                .contains("not told", "its token is refused"));
    }

    @Test
    void itIsStartedAtOnceWhenWhatItNeedsAnswers() {
        shell.prints("qm start 102", "");
        knock.port("192.0.2.1", 443, Sign.ACCEPTED);
        knock.port("192.0.2.5", 1883, Sign.ACCEPTED);

        assertThat(started().evidence()).contains("waited 0 s for attic/broker, attic/gateway");
    }

    @Test
    void itIsStartedAfterABoundedWaitThatNamesTheRadioThatNeverAnswered() {
        shell.prints("qm start 102", "");
        knock.port("192.0.2.1", 443, Sign.ACCEPTED);
        knock.port("192.0.2.5", 1883, Sign.UNANSWERED);

        CompletableFuture<Answer> answer = act();
        assertThat(answer).isNotDone();
        assertThat(shell.sent()).isEmpty();

        assertThat(time.until(answer).evidence())
                .contains("waited 120 s for attic/broker, attic/gateway; no answer from attic/broker");
    }

    @Test
    void itsStepHasTimeForBothWaits() {
        assertThat(hands.ladder(step()).get(0).patience()).isGreaterThan(Duration.ofMinutes(4));
    }

    @Test
    void aShutdownThatItsNodeDidNotGetGoesToHomeAssistantItself() {
        shell.down(AssetId.parse("attic/pve1"));
        home = new Told.Done("taken");

        Answer answer = shutDown(Rung.Force.GRACEFUL);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(answer.evidence()).contains("taken", "its node did not get it");
    }

    @Test
    void aShutdownThatItsNodeMayHaveTakenIsNotSentAgainByHomeAssistant() {
        shell.on("qm shutdown", new CommandResult.Lost("gone"));

        assertThat(shutDown(Rung.Force.GRACEFUL)).isNotInstanceOf(Answer.Accepted.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void inRecoveryIntegrationsThatAreNotWellAreNamedAndKeepNothingDark() {
        shell.prints("qm status 102", "status: running\n");
        answers.put(HomeAsk.State.class, new HomeTold.Running(HomeTold.State.RUNNING, "RUNNING", "2026.11.2"));
        answers.put(
                HomeAsk.Integrations.class, new HomeTold.Integrations(List.of("zha (setup_retry)"), List.of("ring")));

        assertThat(time.until(hands.look(step(Phase.RECOVERY, Verb.RECOVER))))
                .isEqualTo(new Sight.Desired("status: running; Home Assistant says RUNNING; integrations not loaded: "
                        + "zha (setup_retry); waiting for a login by a person: ring"));
    }

    private Answer shutDown(Rung.Force force) {
        Step step = step(Phase.SHUTDOWN, Verb.SHUT_DOWN);
        return time.until(hands.act(step, new Rung(force, Duration.ofSeconds(60)), Duration.ofSeconds(60)));
    }

    private Answer started() {
        return act().join();
    }

    private CompletableFuture<Answer> act() {
        Rung rung = hands.ladder(step()).get(0);
        return hands.act(step(), rung, rung.patience()).toCompletableFuture();
    }

    private Sight look() {
        return time.until(hands.look(step()));
    }

    private static Step step() {
        return step(Phase.STARTUP, Verb.START);
    }

    private static Step step(Phase phase, Verb verb) {
        return new Step(
                new StepId(phase.word() + ":attic/web"),
                phase,
                verb,
                Optional.of(AssetId.parse("attic/web")),
                new TreeSet<>(),
                Duration.ZERO,
                Optional.empty());
    }
}
