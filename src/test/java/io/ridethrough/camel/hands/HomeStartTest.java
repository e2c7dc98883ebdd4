package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.lab.net.NameServer;
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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A guest with a Home Assistant in it: the VM web of the attic, whose radio is the declared device broker. */
class HomeStartTest {
    private static final AssetId WEB = AssetId.parse("attic/web");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Contracts contracts = FakeContracts.atticWithHome();
    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final FakeKnock knock = new FakeKnock();
    private final List<HomeAsk> asked = new ArrayList<>();
    private final Map<Class<?>, Told> answers = new HashMap<>();
    private final NameServer names = new NameServer(() -> true, name -> false);
    private InetSocketAddress namesAt = names.address();
    private Told home = new Told.Undelivered("refused");
    private final TargetHands hands = hands(contracts);

    private TargetHands hands(Contracts of) {
        return new TargetHands(tools(of));
    }

    private Tools tools(Contracts of) {
        return new Tools(
                () -> of,
                shell,
                BySsh.nodes(of, shell),
                BySsh.nases(of, shell),
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
                        new NameQuery(new AtTheNameServer(), Runnable::run),
                        time),
                NoInterfaces.HTTPS,
                NoInterfaces.SECRETS,
                NoInterfaces.NUT,
                Runnable::run,
                time);
    }

    /** Whatever name service is asked, the one of this test answers. */
    private final class AtTheNameServer implements Wiring {
        @Override
        public InetSocketAddress tcp(String host, int port) {
            throw new AssertionError(host);
        }

        @Override
        public InetSocketAddress udp(String host, int port) {
            return namesAt;
        }
    }

    @AfterEach
    void close() {
        names.close();
    }

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

        assertThat(started().evidence()).contains("waited 0 s for attic/broker, attic/dns, attic/gateway");
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
                .contains("waited 120 s for attic/broker, attic/dns, attic/gateway; no answer from attic/broker");
    }

    /** A guest that serves names and does not answer a question by its ports alone. */
    @Test
    void aNameServiceThatIsAGuestIsAskedARealQuestionAndWaitedFor() {
        shell.prints("qm start 102", "");
        namesAt = InetSocketAddress.createUnresolved("nowhere", 53);

        CompletableFuture<Answer> answer = act();
        assertThat(shell.sent()).isEmpty();
        time.pass(Duration.ofSeconds(20));
        assertThat(answer).isNotDone();

        namesAt = names.address();
        assertThat(time.until(answer).evidence()).contains("attic/dns").doesNotContain("no answer");
    }

    @Test
    void aBrokerOfItsZigbeeIsWaitedForUnlessItRunsInHomeAssistantItself() {
        for (String host : List.of("192.0.2.77", "192.0.2.20")) {
            String zigbee = "  health:\n    zigbee2mqtt: {broker: \"tcp://" + host + ":1883\", devices: [one]}\n";
            TargetHands its = hands(FakeContracts.atticWithHome(zigbee));
            shell.prints("qm start 102", "");
            Rung rung = its.ladder(step()).get(0);

            String evidence = time.until(its.act(step(), rung, rung.patience())).evidence();

            assertThat(evidence.contains("tcp://" + host)).as(evidence).isEqualTo(host.equals("192.0.2.77"));
        }
    }

    @Test
    void anAddOnThatFailedIsRestartedAndOneThatStoppedIsStarted() {
        answers.put(
                HomeAsk.AddOns.class,
                new HomeTold.AddOns(Map.of("core_mosquitto", "error", "core_zwave_js", "stopped")));
        home = new Told.Done("taken");
        Guest web = (Guest) contracts.asset(WEB).orElseThrow();

        assertThat(time.until(new HomeStart(tools(contracts)).startAddOns(web, LIMIT)))
                .isPresent();

        assertThat(asked)
                .contains(
                        new HomeAsk.RestartAddOn("core_mosquitto", LIMIT),
                        new HomeAsk.StartAddOn("core_zwave_js", LIMIT));
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
