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
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.FakeKnock;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.redfish.RedfishAsk;
import io.ridethrough.target.redfish.RedfishTold;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.tcp.Knock.Sign;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node with a management controller goes off: what the controller is told, and what its word is worth (R19, R20). */
class ManagedPowerTest {
    private static final AssetId NODE = AssetId.parse("attic/pve2");
    private static final AssetId CONTROLLER = AssetId.parse("attic/broker");
    private static final String COMMAND = "sudo -n systemctl poweroff";

    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final FakeKnock knock = new FakeKnock();
    private final Set<AssetId> held = new HashSet<>();
    private final List<String> asked = new ArrayList<>();
    private Told power = new RedfishTold.Power(RedfishTold.State.ON, "On");
    private Told button = new Told.Done("asked to shut down gracefully");
    private TargetHands hands = hands(FakeContracts.atticWithManagement());

    @Test
    void whatTheHostCertainlyDidNotGetItsControllerIsAskedForWhenPowerHasFailed() {
        shell.down(NODE);

        assertThat(act(Trigger.POWER))
                .isInstanceOfSatisfying(Answer.Accepted.class, answer -> assertThat(answer.evidence())
                        .contains("the host did not get it"));
        assertThat(asked).containsExactly("GracefulShutdown");
    }

    @ParameterizedTest
    @EnumSource(
            value = Trigger.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"POWER"})
    void inPlannedWorkItIsNot(Trigger trigger) {
        shell.down(NODE);

        assertThat(act(trigger)).isInstanceOf(Answer.Undelivered.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void itIsToldNothingOfAPowerOffThatTheHostTookOrMayHaveTaken() {
        shell.prints(COMMAND, "");
        assertThat(act(Trigger.POWER)).isInstanceOf(Answer.Accepted.class);
        shell.on(COMMAND, new CommandResult.Lost("reset"));
        assertThat(act(Trigger.POWER)).isInstanceOf(Answer.Lost.class);

        assertThat(asked).doesNotContain("GracefulShutdown");
    }

    @Test
    void aControllerThatIsHeldOrNotDeclaredIsToldNothing() {
        shell.down(NODE);
        held.add(CONTROLLER);
        assertThat(act(Trigger.POWER)).isInstanceOf(Answer.Undelivered.class);
        held.clear();
        hands = hands(FakeContracts.attic());
        assertThat(act(Trigger.POWER)).isInstanceOf(Answer.Undelivered.class);

        assertThat(asked).isEmpty();
    }

    /** R19: what may have arrived is not asked for by anyone else; what did not leaves the host's own ways. */
    @Test
    void aLostAnswerOfItStaysLostAndItsNoLeavesTheWaysOfTheHost() {
        shell.down(NODE);
        button = new Told.Lost("hung up");
        assertThat(act(Trigger.POWER)).isInstanceOf(Answer.Lost.class);
        for (Told no : List.of(new Told.Declined("no"), new Told.Undelivered("away"), new Told.Barred("no right"))) {
            button = no;
            assertThat(act(Trigger.POWER))
                    .isInstanceOfSatisfying(Answer.Undelivered.class, none -> assertThat(none.evidence())
                            .contains("its management controller did not do it either: " + no.words()));
        }
    }

    /** R20: signs of two paths. */
    @Test
    void aSilentNodeIsOffWhereItsControllerSaysSoAndIsNotOffWhereThatSaysOtherwiseHoweverLongItIsSilent() {
        knock.all(Sign.UNANSWERED);
        power = new RedfishTold.Power(RedfishTold.State.OFF, "Off");
        assertThat(look()).isInstanceOfSatisfying(Sight.Desired.class, off -> assertThat(off.evidence())
                .contains("its management controller attic/broker says Off")
                .doesNotContain("inferred"));
        for (RedfishTold.State not : List.of(RedfishTold.State.ON, RedfishTold.State.CHANGING)) {
            power = new RedfishTold.Power(not, not.name());
            for (int second = 0; second < 400; second += 20) {
                assertThat(look()).isInstanceOf(Sight.Other.class);
                time.pass(Duration.ofSeconds(20));
            }
        }
    }

    @Test
    void whatItDoesNotSaySaysNothing() {
        knock.all(Sign.UNANSWERED);
        for (Told nothing : List.of(
                new RedfishTold.Power(RedfishTold.State.UNKNOWN, "Hibernating"), new Told.Undelivered("away"))) {
            power = nothing;
            assertThat(look()).isInstanceOf(Sight.Unseen.class);
        }
        for (int second = 0; second < 400; second += 20) {
            time.pass(Duration.ofSeconds(20));
            look();
        }
        assertThat(look()).isInstanceOfSatisfying(Sight.Desired.class, off -> assertThat(off.evidence())
                .contains(Sight.INFERRED));
    }

    @Test
    void itsWordStandsForTheSessionThatNobodyClosedAndIsWaitedForWhileItSaysOn() {
        shell.down(NODE);
        knock.all(Sign.UNANSWERED);
        assertThat(act(Trigger.POWER)).isInstanceOf(Answer.Accepted.class);
        CompletionStage<Sight> seen = hands.look(step());
        time.pass(Duration.ofSeconds(30));
        assertThat(seen.toCompletableFuture()).isNotDone();

        power = new RedfishTold.Power(RedfishTold.State.OFF, "Off");

        assertThat(time.until(seen)).isInstanceOfSatisfying(Sight.Desired.class, off -> assertThat(off.evidence())
                .contains("power-off accepted", "says Off")
                .doesNotContain("inferred"));
    }

    private Answer act(Trigger trigger) {
        Intent intent = new Intent(
                new Scope(Set.of(new SiteId("attic")), Set.of()),
                List.of(Phase.SHUTDOWN),
                trigger,
                Set.of(),
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                "test",
                "test");
        Rung rung = hands.ladder(step()).get(0);
        return time.until(hands.act(intent, step(), rung, rung.patience()));
    }

    private Sight look() {
        return time.until(hands.look(step()));
    }

    private static Step step() {
        return Steps.of(Verb.POWER_OFF, "pve2");
    }

    private CompletionStage<Told> ask(RedfishAsk ask) {
        if (ask instanceof RedfishAsk.Power) {
            return CompletableFuture.completedFuture(power);
        }
        asked.add(ask.getClass().getSimpleName());
        return CompletableFuture.completedFuture(button);
    }

    private TargetHands hands(Contracts contracts) {
        return new TargetHands(
                NoInterfaces.tools(contracts, shell, knock, NoInterfaces.HOMES, time),
                Optional::empty,
                new PowerPaths(
                        (controller, ask) -> ask(ask),
                        PowerPaths.NONE.ports(),
                        PowerPaths.NONE.restarts(),
                        PowerPaths.NONE.controllers(),
                        PowerPaths.NONE.plugs()),
                Controls.NONE,
                new BeforeDown(Keepsakes.NONE, BeforeDown.NOTHING.highAvailability(), held::contains));
    }
}
