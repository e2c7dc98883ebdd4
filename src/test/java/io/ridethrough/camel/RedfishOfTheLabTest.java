package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.WakeWay.Management;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.lab.host.LabRedfish;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.redfish.RedfishAsk;
import io.ridethrough.target.redfish.RedfishTold;
import io.ridethrough.target.redfish.RedfishWay;
import io.ridethrough.target.way.Told;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A management controller over TLS through the product's own routes, with what such controllers are known to do. */
@Timeout(90)
class RedfishOfTheLabTest {
    private static final AssetId CONTROLLER = AssetId.parse("attic/broker");
    private static final AssetId NODE = AssetId.parse("attic/pve2");
    private static final RedfishAsk ON = new RedfishAsk.On(Duration.ofSeconds(20));
    private static final RedfishAsk OFF = new RedfishAsk.GracefulShutdown(Duration.ofSeconds(20));
    private static final RedfishAsk POWER = new RedfishAsk.Power();

    @TempDir
    Path folder;

    private LabTargets targets;
    private LabRedfish redfish;
    private RoutedWays<Management, RedfishAsk> ways;

    @BeforeEach
    void start() throws Exception {
        Contracts contracts = FakeContracts.atticWithManagement();
        targets = new LabTargets(contracts, folder);
        redfish = targets.world.redfish(CONTROLLER);
        ways = Targets.managements(targets.context, contracts, new RedfishWay(targets.https, targets.secrets()));
        targets.start("routes/targets/redfish-controller.yaml");
        ways.follow(contracts);
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
    }

    @Test
    void tellsThatAMachineHasNoPowerAndSwitchesItOn() throws Exception {
        off();
        assertThat(ask(POWER)).isEqualTo(new RedfishTold.Power(RedfishTold.State.OFF, "Off"));

        assertThat(ask(ON)).isInstanceOf(Told.Done.class);

        Until.holds(() -> targets.world.power(NODE) == LabHost.State.UP, Duration.ofSeconds(30), () -> "not up");
        assertThat(ask(POWER)).isEqualTo(new RedfishTold.Power(RedfishTold.State.ON, "On"));
    }

    @Test
    void pressesThePowerButtonWhichAHungMachineDoesNotHeed() throws Exception {
        targets.world.fault(NODE, new Fault.Hang());
        assertThat(ask(OFF)).isInstanceOf(Told.Done.class);
        assertThat(targets.world.power(NODE)).isEqualTo(LabHost.State.UP);
        targets.world.fault(NODE, new Fault.Refuse());

        assertThat(ask(OFF)).isInstanceOf(Told.Done.class);

        Until.holds(() -> targets.world.power(NODE) == LabHost.State.OFF, Duration.ofSeconds(60), () -> "not off");
        assertThat(ask(POWER)).isEqualTo(new RedfishTold.Power(RedfishTold.State.OFF, "Off"));
        assertThat(ask(OFF)).isInstanceOfSatisfying(Told.Declined.class, told -> assertThat(told.evidence())
                .contains("already powered OFF"));
    }

    @Test
    void tellsWhetherItTakesWhatItWouldBeTold() throws Exception {
        assertThat(ask(new RedfishAsk.Rights()))
                .isInstanceOfSatisfying(
                        Told.Done.class, told -> assertThat(told.evidence()).contains("not known until it does"));
        fault(How.FEWER_RIGHTS);
        assertThat(ask(new RedfishAsk.Rights()))
                .isEqualTo(new Told.Declined("it does not take On and GracefulShutdown"));
        assertThat(targets.world.events()).noneMatch(event -> event.host().equals(CONTROLLER.toString()));
    }

    @Test
    void takesItsConflictForANoWhereTheMachineIsOnAlready() throws Exception {
        for (int i = 0; i < 8; i++) {
            assertThat(ask(ON)).isInstanceOfSatisfying(Told.Declined.class, told -> assertThat(told.evidence())
                    .contains("already powered ON"));
        }
        assertThat(ask(POWER)).as("a no opens no breaker").isInstanceOf(RedfishTold.Power.class);
    }

    @Test
    void showsARefusedLoginOnceOnlySinceControllersLockOut() throws Exception {
        targets.logins.replaceAll((name, login) -> "ridethrough:wrong");

        for (int i = 0; i < 5; i++) {
            assertThat(ask(ON)).isInstanceOf(Told.Undelivered.class);
        }

        assertThat(redfish.refused()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PoweringOn, CHANGING", "PoweringOff, CHANGING", "Hibernating, UNKNOWN"})
    void believesNeitherOnNorOffOfAnotherWord(String word, RedfishTold.State state) throws Exception {
        redfish.tells(word);

        assertThat(ask(POWER)).isEqualTo(new RedfishTold.Power(state, word));
    }

    @Test
    void sendsNothingWhileTheControllerItselfStarts() throws Exception {
        off();
        redfish.starting(true);
        assertThat(ask(ON)).isInstanceOf(Told.Undelivered.class);
        redfish.starting(false);

        assertThat(ask(ON)).isInstanceOf(Told.Done.class);
    }

    @Test
    void isLostAndNotSentAgainWhereTheConnectionDropsAfterItWasTaken() throws Exception {
        off();
        fault(How.DROPS);

        assertThat(ask(ON)).isInstanceOf(Told.Lost.class);

        assertThat(targets.world.events().stream()
                        .filter(event -> event.host().equals(CONTROLLER.toString()))
                        .map(LabEvent::command))
                .containsExactly("redfish");
    }

    /** What may have been done is lost and never undelivered; a look leaves nothing behind. */
    @ParameterizedTest
    @EnumSource(
            value = How.class,
            names = {"SILENT", "BROKEN", "WRONG_ONCE"})
    void isLostWhereTheControllerTookItAndSaidNothingThatCanBeRead(How how) throws Exception {
        off();
        fault(how);
        assertThat(ask(ON)).isInstanceOf(Told.Lost.class);

        fault(how);
        assertThat(ask(POWER)).isInstanceOf(Told.Undelivered.class);
        targets.world.heal(CONTROLLER);
        assertThat(ask(POWER)).isEqualTo(new RedfishTold.Power(RedfishTold.State.OFF, "Off"));
    }

    @Test
    void isWaitedForWhereTheControllerIsLate() throws Exception {
        off();
        fault(How.LATE);

        assertThat(ask(ON)).isInstanceOf(Told.Done.class);
    }

    @Test
    void isToldAsTakenByAControllerThatOnlyPretendsAndTheMachineStaysOff() throws Exception {
        off();
        fault(How.PRETENDS);

        assertThat(ask(ON)).isInstanceOf(Told.Done.class);
        assertThat(ask(POWER)).isEqualTo(new RedfishTold.Power(RedfishTold.State.OFF, "Off"));
        assertThat(targets.world.power(NODE)).isEqualTo(LabHost.State.OFF);
    }

    @Test
    void namesTheRightThatLacksWithoutOpeningABreaker() throws Exception {
        off();
        fault(How.NO_RIGHTS);

        for (int i = 0; i < 8; i++) {
            assertThat(ask(ON)).isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                    .contains("RIGHT: 403 There are insufficient privileges"));
        }
        assertThat(ask(POWER)).isInstanceOf(RedfishTold.Power.class);
    }

    @Test
    void isToldAtOnceAsUndeliveredOnceItsBreakerIsOpen() throws Exception {
        fault(How.GONE);
        for (int i = 0; i < 6; i++) {
            assertThat(ask(POWER)).isInstanceOf(Told.Undelivered.class);
        }
        targets.world.heal(CONTROLLER);

        assertThat(ask(ON)).isInstanceOf(Told.Undelivered.class);
    }

    private void off() {
        targets.world.pullPlug(NODE);
    }

    private void fault(How how) {
        targets.world.fault(CONTROLLER, new Fault.Interface(how));
    }

    private Told ask(RedfishAsk ask) throws Exception {
        return LabTargets.of(ways.ask(CONTROLLER, ask));
    }
}
