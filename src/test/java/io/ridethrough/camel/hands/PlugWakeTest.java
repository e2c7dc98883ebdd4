package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import io.ridethrough.target.FakeKnock;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.plug.PlugAsk;
import io.ridethrough.target.plug.PlugTold;
import io.ridethrough.target.tcp.Knock.Sign;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A node that is fed by a plug, in virtual time: what is told to the plug, and when. */
class PlugWakeTest {
    private static final Contracts CONTRACTS = FakeContracts.atticWithPlug("tasmota", "plug-pve2");

    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final FakeKnock knock = new FakeKnock();
    private final ScriptedPlug plug = new ScriptedPlug();

    @Test
    void aPlugThatIsOffIsSwitchedOnWithoutForce() {
        plug.on = false;

        assertThat(wakes(FakeContracts.atticWithPlugWithoutForce())).isInstanceOf(Answer.Accepted.class);

        assertThat(plug.told).containsExactly("on");
    }

    @Test
    void aPlugThatIsOnStaysOnWhereForceIsNotPermitted() {
        knock.all(Sign.UNANSWERED);

        assertThat(wakes(FakeContracts.atticWithPlugWithoutForce()))
                .isEqualTo(
                        new Answer.Declined("attic/plug is on and 1.2 W already, and force is not permitted for it"));
        assertThat(plug.told).isEmpty();
    }

    /** R33: a machine that answers, or of which nobody can say that it does not, keeps its power. */
    @Test
    void aPlugThatIsOnGoesOffAndOnAfterAPauseOnlyWhileNothingOfTheNodeAnswers() {
        for (Sign sign : List.of(Sign.ACCEPTED, Sign.REFUSED, Sign.BLIND)) {
            knock.all(sign);
            assertThat(wakes(CONTRACTS).evidence()).contains("its power is not cut");
        }
        assertThat(plug.told).isEmpty();
        knock.all(Sign.UNANSWERED);
        long before = time.nanos();

        assertThat(wakes(CONTRACTS)).isInstanceOf(Answer.Accepted.class);

        assertThat(plug.told).containsExactly("off", "on");
        assertThat(Duration.ofNanos(time.nanos() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aPlugThatOnlySaysThatItWentOffHasDeclined() {
        knock.all(Sign.UNANSWERED);
        plug.pretends = true;

        assertThat(wakes(CONTRACTS)).isInstanceOfSatisfying(Answer.Declined.class, no -> assertThat(no.evidence())
                .contains("seen on and 1.2 W"));
        assertThat(plug.told).containsExactly("off");
    }

    /** R19: what may have been sent is looked for, not sent again; and a machine is not left without power for it. */
    @Test
    void aLostAnswerIsLookedForAndAPlugThatMayBeOffIsSwitchedOn() {
        knock.all(Sign.UNANSWERED);
        plug.dropsAnswers = true;

        assertThat(wakes(CONTRACTS)).isInstanceOf(Answer.Accepted.class);
        assertThat(plug.told).containsExactly("off", "on");

        plug.told.clear();
        plug.unseenAfterOff = true;
        assertThat(wakes(CONTRACTS)).isInstanceOf(Answer.Lost.class);
        assertThat(plug.told).containsExactly("off", "on");
    }

    @Test
    void aPlugThatCannotBeAskedIsToldNothing() {
        knock.all(Sign.UNANSWERED);
        plug.away = true;

        assertThat(wakes(CONTRACTS)).isInstanceOf(Answer.Undelivered.class);
        assertThat(plug.told).isEmpty();
    }

    /** After a restart: one that is on may have been switched a moment ago, and its node boots. */
    @Test
    void onlyAPlugThatIsOffIsSwitchedAtOnceWhereItsAnswerWasNotRecorded() {
        plug.on = false;
        assertThat(trace()).isInstanceOf(Trace.Harmless.class);
        plug.on = true;
        assertThat(trace()).isInstanceOf(Trace.Untold.class);
        plug.away = true;
        assertThat(trace()).isInstanceOf(Trace.Untold.class);
    }

    /** R20: signs of two paths, or long silence. */
    @Test
    void aSilentNodeThatDrawsNextToNothingIsOffAndOneThatDrawsMoreOrCannotBeAskedIsNot() {
        knock.all(Sign.UNANSWERED);
        assertThat(off()).isInstanceOfSatisfying(Sight.Desired.class, off -> assertThat(off.evidence())
                .contains("its plug attic/plug is on and 1.2 W (off below 5.0 W)")
                .doesNotContain("inferred"));
        plug.watts = 41.7;
        assertThat(off()).isInstanceOf(Sight.Unseen.class);
        plug.away = true;
        assertThat(off()).isInstanceOf(Sight.Unseen.class);
    }

    @Test
    void aNodeThatWasToldToPowerOffIsProvenOffByItsPlugThoughItsSessionWasNotClosed() {
        shell.prints("sudo -n systemctl poweroff", "");
        TargetHands hands = hands(CONTRACTS);
        Step off = step(Verb.POWER_OFF);
        Rung rung = hands.ladder(off).get(0);
        assertThat(time.until(hands.act(off, rung, rung.patience()))).isInstanceOf(Answer.Accepted.class);
        knock.all(Sign.UNANSWERED);

        assertThat(time.until(hands.look(off)))
                .isInstanceOfSatisfying(Sight.Desired.class, seen -> assertThat(seen.evidence())
                        .contains("power-off accepted", "its plug attic/plug is on and 1.2 W")
                        .doesNotContain("inferred"));
    }

    private Sight off() {
        return time.until(hands(CONTRACTS).look(step(Verb.POWER_OFF)));
    }

    private Trace trace() {
        TargetHands hands = hands(CONTRACTS);
        Step wake = step(Verb.WAKE);
        return time.until(hands.trace(wake, hands.ladder(wake).get(1), Instant.EPOCH));
    }

    private Answer wakes(Contracts contracts) {
        TargetHands hands = hands(contracts);
        Step wake = step(Verb.WAKE);
        Rung second = hands.ladder(wake).get(1);
        return time.until(hands.act(wake, second, second.patience()));
    }

    private static Step step(Verb verb) {
        return Steps.of(verb, "pve2");
    }

    private TargetHands hands(Contracts contracts) {
        return new TargetHands(
                NoInterfaces.tools(contracts, shell, knock, NoInterfaces.HOMES, time),
                Optional::empty,
                new PowerPaths(
                        PowerPaths.NONE.managements(),
                        PowerPaths.NONE.ports(),
                        PowerPaths.NONE.restarts(),
                        PowerPaths.NONE.controllers(),
                        plug::ask));
    }

    /** A plug that is on and feeds a node that is off, unless it is said otherwise. */
    private static final class ScriptedPlug {
        private final List<String> told = new ArrayList<>();
        private boolean on = true;
        private double watts = 1.2;
        private boolean pretends;
        private boolean dropsAnswers;
        private boolean unseenAfterOff;
        private boolean away;

        CompletionStage<Told> ask(AssetId device, PlugAsk ask) {
            if (away) {
                return CompletableFuture.completedFuture(new Told.Undelivered("away"));
            }
            if (ask instanceof PlugAsk.Switch act) {
                told.add(act.on() ? "on" : "off");
                on = pretends ? on : act.on();
                return CompletableFuture.completedFuture(
                        dropsAnswers ? new Told.Lost("no answer") : new Told.Done("it says so"));
            }
            return CompletableFuture.completedFuture(
                    unseenAfterOff && !on
                            ? new Told.Undelivered("not seen")
                            : new PlugTold.State(on, OptionalDouble.of(on ? watts : 0)));
        }
    }
}
