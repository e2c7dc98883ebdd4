package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Rung;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** R39: the alarm of a node's own clock before its power-off, and at its return. The site is the attic. */
class AlarmClockTest {
    private static final AssetId NODE = AssetId.parse("attic/pve2");
    private static final String ALARM = "alarm-clock: {after: 30m}";
    private static final String PERMITTED = "alarm-clock: {after: 30m, outage: permitted}";
    private static final String PACKET = "wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255}";
    private static final String SET = "sudo -n rtcwake -m no -s 1800";
    private static final String TAKE_BACK = "sudo -n rtcwake -m disable";
    private static final String READ = "cat /sys/class/rtc/rtc0/since_epoch /sys/class/rtc/rtc0/wakealarm";
    private static final String OFF = "sudo -n systemctl poweroff";

    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell()
            .prints(SET, "rtcwake: wakeup using /dev/rtc0\n")
            .prints(TAKE_BACK, "")
            .prints(READ, "1000000\n1001799\n")
            .prints(OFF, "");

    @Test
    void isSetAndReadBackBeforeThePowerOffOfPlannedWork() {
        Answer answer = off(hands(ALARM), Trigger.HAND, false);

        assertThat(shell.sent()).startsWith(SET, READ).anyMatch(sent -> sent.startsWith(OFF));
        assertThat(answer).isInstanceOfSatisfying(Answer.Accepted.class, accepted -> assertThat(accepted.evidence())
                .endsWith("; its clock's alarm rings in 1799 s"));
    }

    /** Nobody knows when power is back: it would be lost, or boot the node on the battery. */
    @Test
    void isNotSetInAnOutageAndOneOfEarlierWorkIsTakenBack() {
        Answer answer = off(hands(ALARM), Trigger.POWER, false);

        assertThat(shell.sent()).startsWith(TAKE_BACK).doesNotContain(SET).anyMatch(sent -> sent.startsWith(OFF));
        assertThat(answer.evidence()).endsWith("; no alarm of its clock is set in an outage");
    }

    @Test
    void isSetInAnOutageWhereTheContractPermitsThat() {
        off(hands(PERMITTED), Trigger.POWER, false);

        assertThat(shell.sent()).startsWith(SET, READ);
    }

    /** R36: what was taken down for people does not come up under their hands. */
    @Test
    void isNotSetWhilePeopleWorkOnWhatWasTakenDown() {
        Answer answer = off(hands(PERMITTED), Trigger.HAND, true);

        assertThat(shell.sent()).startsWith(TAKE_BACK).doesNotContain(SET);
        assertThat(answer.evidence()).endsWith("; no alarm of its clock is set while people work on it");
    }

    @Test
    void isNotSetForWhatAPersonHolds() {
        TargetHands hands = new TargetHands(
                NoInterfaces.tools(FakeContracts.atticWaking(PERMITTED, PACKET), shell, time),
                Optional::empty,
                PowerPaths.NONE,
                Controls.NONE,
                new BeforeDown(Keepsakes.NONE, BeforeDown.NOTHING.highAvailability(), NODE::equals));

        Answer answer = off(hands, Trigger.HAND, false);

        assertThat(shell.sent()).startsWith(TAKE_BACK).doesNotContain(SET).anyMatch(sent -> sent.startsWith(OFF));
        assertThat(answer.evidence()).endsWith("; no alarm of its clock is set since it is held");
    }

    /** R34. */
    @Test
    void barsNoPowerOffByItsFailureWhichIsTold() {
        shell.fails(SET, 1, "rtcwake: /dev/rtc0 not enabled for wakeup events").prints(READ, "1000000\n");
        for (Trigger trigger : List.of(Trigger.HAND, Trigger.POWER)) {
            assertThat(off(hands(PERMITTED), trigger, false))
                    .isInstanceOfSatisfying(Answer.Accepted.class, accepted -> assertThat(accepted.evidence())
                            .contains("its clock's alarm is not set: the clock shows none")
                            .contains("not enabled for wakeup events"));
        }
    }

    @Test
    void isNotBelievedOnTheWordOfTheCommandAlone() {
        shell.prints(READ, "1000000\n");

        assertThat(off(hands(ALARM), Trigger.HAND, false).evidence())
                .endsWith("; its clock's alarm is not set: the clock shows none");
    }

    /** R34: a shell that never answers about it holds nothing up but for seconds. */
    @Test
    void barsNoPowerOffByAShellThatHangs() {
        Shell hung = new Shell() {
            @Override
            public CompletionStage<CommandResult> run(AssetId host, RemoteCommand command) {
                return command.arguments().contains("rtcwake") ? new CompletableFuture<>() : shell.run(host, command);
            }
        };
        Contracts contracts = FakeContracts.atticWaking(PERMITTED, PACKET);
        TargetHands hands = new TargetHands(NoInterfaces.tools(contracts, hung, time));

        Answer answer = off(hands, Trigger.POWER, false);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(answer.evidence()).endsWith("; its clock's alarm was not dealt with in 8 s");
        assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(10));
    }

    /** R30: the host that carries us is told in the same way, by the time at which it will go. */
    @Test
    void isSetBeforeADelayedPowerOffAndCountsFromItsEnd() {
        shell.prints("sudo -n rtcwake -m no -s 1845", "").prints("sudo -n systemd-run", "");

        Answer answer = time.until(hands(ALARM).tail().tell(intent(Trigger.HAND, false), NODE, Duration.ofSeconds(45)));

        assertThat(shell.sent().get(0)).isEqualTo("sudo -n rtcwake -m no -s 1845");
        assertThat(shell.sent().get(2)).startsWith("sudo -n systemd-run");
        assertThat(answer.evidence()).endsWith("; its clock's alarm rings in 1799 s");
    }

    @Test
    void isWaitedForByItsTimeAndThenComesTheNextWay() {
        TargetHands hands = hands(ALARM);
        off(hands, Trigger.HAND, false);
        Step wake = step(Verb.WAKE);
        Rung first = hands.ladder(wake).get(0);

        assertThat(first.patience()).isGreaterThan(Duration.ofSeconds(1799)).isLessThan(Duration.ofMinutes(40));
        assertThat(time.until(hands.act(wake, first, first.patience())))
                .isInstanceOfSatisfying(Answer.Awaited.class, answer -> assertThat(answer.evidence())
                        .startsWith("nothing is sent: its clock's alarm rings in 1799 s"));
        assertThat(hands.ladder(wake)).extracting(Rung::way).containsExactly(0, 1, 0, 1, 0, 1);

        time.until(time.after(Duration.ofMinutes(31)));

        assertThat(time.until(hands.act(wake, first, first.patience())))
                .as("it has rung: the next way need not wait")
                .isInstanceOf(Answer.Declined.class);
    }

    @Test
    void isNotWaitedForWhereNoneIsKnownToBeSet() {
        TargetHands hands = hands(ALARM);
        off(hands, Trigger.POWER, false);
        Step wake = step(Verb.WAKE);
        Rung first = hands.ladder(wake).get(0);

        assertThat(time.until(hands.act(wake, first, first.patience())))
                .isEqualTo(new Answer.Declined("no alarm of its clock is known to be set"));
        assertThat(first.patience()).isLessThan(Duration.ofSeconds(5));
    }

    /** An earlier process may have set one, and nothing else wakes the node. */
    @Test
    void mayStillRingWhereNothingElseWakesTheNodeUnlessNoneWasSet() {
        TargetHands hands = new TargetHands(NoInterfaces.tools(FakeContracts.atticWaking(ALARM), shell, time));
        Step wake = step(Verb.WAKE);
        assertThat(hands.ladder(wake).get(0).patience()).isGreaterThan(Duration.ofMinutes(30));

        off(hands, Trigger.POWER, false);

        assertThat(hands.ladder(wake).get(0).patience()).isLessThan(Duration.ofMinutes(10));
    }

    private TargetHands hands(String alarm) {
        return new TargetHands(NoInterfaces.tools(FakeContracts.atticWaking(alarm, PACKET), shell, time));
    }

    private Answer off(TargetHands hands, Trigger trigger, boolean boundary) {
        Step off = step(Verb.POWER_OFF);
        Rung rung = hands.ladder(off).get(0);
        return time.until(hands.act(intent(trigger, boundary), off, rung, rung.patience()));
    }

    private static Intent intent(Trigger trigger, boolean boundary) {
        return new Intent(
                new Scope(Set.of(new SiteId("attic")), Set.of()),
                List.of(Phase.SHUTDOWN),
                trigger,
                Set.of(new SiteId("attic")),
                Optional.empty(),
                boundary,
                true,
                Optional.empty(),
                "test",
                "test");
    }

    private static Step step(Verb verb) {
        return new Step(
                new StepId("step"),
                Phase.SHUTDOWN,
                verb,
                Optional.of(NODE),
                new TreeSet<>(),
                Duration.ofSeconds(1),
                Optional.empty());
    }
}
