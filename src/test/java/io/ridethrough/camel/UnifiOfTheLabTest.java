package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ridethrough.api.TargetReport;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.Fault.Interface.Surface;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.lab.host.LabUnifi;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.unifi.ClassicWay;
import io.ridethrough.target.unifi.GuardedPorts;
import io.ridethrough.target.unifi.IntegrationWay;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.unifi.UnifiTold;
import io.ridethrough.target.unifi.UnifiTold.State;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import io.ridethrough.target.way.WayTroubleException;
import io.ridethrough.traps.Trap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call to controllers over TLS through the product's own routes; the traps of protocols 3 and 11 by their names. */
@Timeout(90)
class UnifiOfTheLabTest {
    private static final AssetId ID = AssetId.parse("attic/gateway");
    private static final String SWITCH = "02:00:5e:20:00:01";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final UnifiAsk.Restart RESTART = new UnifiAsk.Restart(SWITCH, LIMIT);

    /** What goes wrong before anything is sent on. */
    enum Turned {
        AWAY_BY_A_CLOSED_PORT,
        AWAY_WHILE_STARTING_UP
    }

    @TempDir
    Path folder;

    private final Set<AssetId> held = new HashSet<>();
    private final Set<String> own = new HashSet<>();
    private static final String GATEWAY = "02:00:5e:10:00:04";
    private LabTargets targets;
    private LabUnifi unifi;
    private UnifiController controller;
    private ClassicWay classic;
    private IntegrationWay integration;
    private RoutedWays<UnifiController, UnifiAsk> both;
    private GuardedPorts ports;

    @BeforeEach
    void console() throws Exception {
        start("unifi-os", FakeContracts.atticWithUnifi("unifi-os"));
    }

    private void start(String form) throws Exception {
        start(form, FakeContracts.atticWithUnifi(form));
    }

    private void start(String form, Contracts contracts) throws Exception {
        controller = contracts.sites().values().iterator().next().controllers().get(0);
        targets = new LabTargets(contracts, folder.resolve(form));
        unifi = targets.world.unifi(ID);
        integration = new IntegrationWay(targets.https, targets.secrets());
        classic = new ClassicWay(targets.https, targets.secrets());
        both = Targets.controllers(targets.context, contracts, integration, classic);
        ports = new GuardedPorts(both, () -> contracts, held::contains, () -> own);
        targets.start("routes/targets/unifi-controller.yaml");
        both.follow(contracts);
    }

    private void selfHosted() throws Exception {
        targets.close();
        start("self-hosted");
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unifi-os", "self-hosted"})
    void theIntegrationApiAloneTellsDevicesClientsAndNetworksByItsKey(String form) throws Exception {
        targets.close();
        start(form);

        assertThat(by(integration::ask, new UnifiAsk.Devices()))
                .isInstanceOfSatisfying(UnifiTold.Devices.class, told -> assertThat(told.devices())
                        .extracting(UnifiTold.Device::state)
                        .containsExactly(State.ONLINE, State.ONLINE, State.CHANGING));
        assertThat(by(integration::ask, new UnifiAsk.Networks()))
                .isEqualTo(new UnifiTold.Networks(List.of(
                        new UnifiTold.Network("Default", OptionalInt.empty()),
                        new UnifiTold.Network("IoT", OptionalInt.of(20)))));
        assertThat(by(integration::ask, RESTART)).isInstanceOf(Told.Done.class);
        assertThat(unifi.logins()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unifi-os", "self-hosted"})
    void theClassicLoginTellsItsRoleAndOfTheKeyIsSaidThatNothingIsKnown(String form) throws Exception {
        targets.close();
        start(form);
        assertThat(by(classic::ask, new UnifiAsk.Rights(true)))
                .isEqualTo(new Told.Done("tells its devices; its role is admin"));
        assertThat(by(integration::ask, new UnifiAsk.Rights(true)).words()).contains("not known until it does it");
        targets.world.fault(ID, new Fault.Interface(Fault.Interface.How.FEWER_RIGHTS));

        assertThat(by(classic::ask, new UnifiAsk.Rights(true)))
                .isEqualTo(new Told.Declined("its role is readonly: it may not power-cycle"));
        assertThat(by(classic::ask, new UnifiAsk.Rights(false))).isInstanceOf(Told.Done.class);
    }

    /** Its pages hold 25 unless asked otherwise, and at most 200. */
    @Test
    void aListIsReadToItsLastPage() throws Exception {
        assertThat(by(integration::ask, new UnifiAsk.Clients()))
                .isInstanceOfSatisfying(
                        UnifiTold.Clients.class,
                        told -> assertThat(told.clients()).hasSize(300).doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unifi-os", "self-hosted"})
    void theClassicApiAloneTellsAllThatOnlyItKnowsInOneLogin(String form) throws Exception {
        targets.close();
        start(form);

        assertThat(by(classic::ask, new UnifiAsk.Devices()))
                .isInstanceOfSatisfying(UnifiTold.Devices.class, told -> assertThat(told.devices())
                        .extracting(UnifiTold.Device::word)
                        .containsExactly("CONNECTED", "CONNECTED", "UPGRADING"));
        assertThat(by(classic::ask, new UnifiAsk.Networks()))
                .isInstanceOfSatisfying(UnifiTold.Networks.class, told -> assertThat(told.networks())
                        .contains(new UnifiTold.Network("IoT", OptionalInt.of(20))));
        assertThat(by(classic::ask, new UnifiAsk.Clients())).isInstanceOf(UnifiTold.Clients.class);
        assertThat(by(classic::ask, new UnifiAsk.Outlets()))
                .isInstanceOfSatisfying(UnifiTold.Outlets.class, told -> assertThat(told.outlets())
                        .hasSize(2));
        assertThat(by(classic::ask, RESTART)).isInstanceOf(Told.Done.class);
        assertThat(by(classic::ask, new UnifiAsk.CyclePort(SWITCH, 2, LIMIT))).isInstanceOf(Told.Done.class);
        assertThat(unifi.logins()).isEqualTo(1);
        assertThat(acts()).containsExactly("classic restart call", "classic cycle call");
    }

    /** Trap 14: there is no reservation in the integration API. */
    @Test
    @Trap(14)
    void reservationsAreAskedOfTheClassicApiAtOnce() throws Exception {
        assertThat(LabTargets.of(both.ask(ID, new UnifiAsk.Reservations())))
                .isEqualTo(new UnifiTold.Reservations(
                        List.of(new UnifiTold.Reservation("02:00:5e:20:00:03", "camera", "198.51.100.7"))));
    }

    @Test
    void portsAreToldWithWattsTheBudgetOfTheirSwitchAndTheirNetworks() throws Exception {
        assertThat(LabTargets.of(both.ask(ID, new UnifiAsk.Wiring())))
                .isInstanceOfSatisfying(UnifiTold.Wiring.class, told -> {
                    UnifiTold.Switch one = told.switches().get(0);
                    assertThat(one.budget()).isEqualTo(OptionalDouble.of(45));
                    assertThat(one.watts()).isCloseTo(11.37, org.assertj.core.data.Offset.offset(0.001));
                    assertThat(one.ports()).hasSize(6);
                });

        unifi.moved(5, 20);
        assertThat(LabTargets.of(both.ask(ID, new UnifiAsk.PortNetworks())))
                .isInstanceOfSatisfying(UnifiTold.PortNetworks.class, told -> assertThat(told.ports())
                        .hasSize(6)
                        .contains(
                                new UnifiTold.PortNetwork(
                                        SWITCH, 5, Optional.of(new UnifiTold.Network("IoT", OptionalInt.of(20)))),
                                new UnifiTold.PortNetwork(
                                        SWITCH,
                                        6,
                                        Optional.of(new UnifiTold.Network("Default", OptionalInt.empty())))));
    }

    /** Trap 7: an error comes with 200. */
    @Test
    @Trap(7)
    void anErrorThatComesWith200IsToldAndNotTakenForDone() throws Exception {
        assertThat(by(classic::ask, new UnifiAsk.Restart("02:00:5e:ff:ff:ff", LIMIT)))
                .isEqualTo(new Told.Declined("api.err.UnknownDevice"));

        fails(How.NO_RIGHTS);
        assertThat(trouble(classic::ask, RESTART).words()).contains("RIGHT", "api.err.NoPermission");
    }

    @Test
    void aClassicLoginThatIsOverIsOpenedAnewOnceAndTheRestartIsTakenOnce() throws Exception {
        by(classic::ask, new UnifiAsk.Devices());
        unifi.expire();

        assertThat(by(classic::ask, RESTART)).isInstanceOf(Told.Done.class);
        assertThat(unifi.logins()).isEqualTo(2);
        assertThat(acts()).containsExactly("classic restart refused", "classic restart call");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unifi-os", "self-hosted"})
    void aRefusedLoginIsNotTriedAgainUntilAPersonAsks(String form) throws Exception {
        targets.close();
        start(form);
        targets.logins.put("classic/attic", "ridethrough:wrong");
        for (int i = 0; i < 10; i++) {
            assertThat(trouble(classic::ask, new UnifiAsk.Devices()).words()).contains("LOGIN");
        }
        assertThat(unifi.logins()).isEqualTo(1);

        for (int i = 0; i < 5; i++) {
            classic.forgive(ID);
            trouble(classic::ask, new UnifiAsk.Devices());
        }
        assertThat(unifi.logins()).isEqualTo(6);
        classic.forgive(ID);
        assertThat(trouble(classic::ask, new UnifiAsk.Devices()).words()).contains("429, too many logins");
    }

    @Test
    void aKeyThatIsRefusedIsToldAndTheClassicApiAnswers() throws Exception {
        targets.logins.put("unifi/attic", "no-key");

        assertThat(trouble(integration::ask, new UnifiAsk.Devices()).words()).contains("LOGIN");
        assertThat(LabTargets.of(both.ask(ID, new UnifiAsk.Devices()))).isInstanceOf(UnifiTold.Devices.class);
        assertThat(unifi.logins()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Turned.class)
    void whatWasTurnedAwayBeforeItWasTakenIsToldAsNotDone(Turned turned) throws Exception {
        if (turned == Turned.AWAY_BY_A_CLOSED_PORT) {
            fails(How.GONE);
        } else {
            unifi.startsUp(true);
        }
        assertThat(trouble(integration::ask, RESTART)).isInstanceOf(Told.Undelivered.class);
        assertThat(LabTargets.of(both.ask(ID, RESTART))).isInstanceOf(Told.Undelivered.class);
    }

    /** Before 9.1 the integration API has no actions of ports. */
    @Test
    void aPortIsCycledByTheClassicApiWhereTheFirstOneCannot() throws Exception {
        unifi.withoutPortActions();

        assertThat(cycle(2)).isInstanceOfSatisfying(Told.Done.class, done -> assertThat(done.evidence())
                .contains("by the classic API"));
        assertThat(acts()).containsExactly("integration cycle refused", "classic cycle call");
    }

    @Test
    void aCallThatTheFirstApiDoesNotHaveNeverOpensItsBreaker() throws Exception {
        unifi.withoutPortActions();

        for (int i = 0; i < 10; i++) {
            assertThat(LabTargets.of(both.ask(ID, new UnifiAsk.CyclePort(SWITCH, 2, LIMIT))))
                    .isInstanceOf(Told.Done.class);
        }
        assertThat(targets.breakers.ways())
                .extracting(TargetReport.WayState::state)
                .containsOnly(TargetReport.State.CLOSED);
    }

    @Test
    void aRestartThatWasTakenBeforeTheApiWasKilledIsNotSentAgain() throws Exception {
        fails(How.DROPS);

        assertThat(LabTargets.of(both.ask(ID, RESTART))).isInstanceOf(Told.Lost.class);
        assertThat(acts()).containsExactly("integration restart call");
        assertThat(unifi.logins()).isZero();
    }

    /** Its surfaces fail apart: one look goes the other way at once, and is answered by it. */
    @ParameterizedTest
    @EnumSource(
            value = How.class,
            names = {"SILENT", "BROKEN", "WRONG_ONCE", "NO_RIGHTS"})
    void aLookGoesByTheClassicApiWhateverIsTheMatterWithTheIntegrationApi(How how) throws Exception {
        targets.world.fault(ID, new Fault.Interface(how, Surface.INTEGRATION));

        assertThat(LabTargets.of(both.ask(ID, new UnifiAsk.Devices())))
                .isInstanceOfSatisfying(UnifiTold.Devices.class, told -> assertThat(told.devices())
                        .extracting(UnifiTold.Device::word)
                        .contains("CONNECTED"));
        assertThat(unifi.logins()).isEqualTo(1);
    }

    @Test
    void aCycleThatTheIntegrationApiTookBeforeItWasKilledIsLookedAtByTheClassicApiAndNotSentAgain() throws Exception {
        targets.world.fault(ID, new Fault.Interface(How.DROPS, Surface.INTEGRATION));
        assertThat(cycle(2)).isInstanceOf(Told.Lost.class);

        targets.world.fault(ID, new Fault.Interface(How.BROKEN, Surface.INTEGRATION));
        assertThat(LabTargets.of(both.ask(ID, new UnifiAsk.Devices()))).isInstanceOf(UnifiTold.Devices.class);
        assertThat(acts()).containsExactly("integration cycle call");
    }

    /** What it feeds boots when power is back; a controller that only says so has given none. */
    @ParameterizedTest
    @EnumSource(
            value = Surface.class,
            names = {"INTEGRATION", "CLASSIC"})
    void aCycleThatIsOnlyPretendedIsToldAsTakenAndWakesNothing(Surface surface) throws Exception {
        targets.close();
        start("unifi-os", FakeContracts.atticWithPoweredPort());
        Way.Road<UnifiController, UnifiAsk> way = surface == Surface.CLASSIC ? classic::ask : integration::ask;
        UnifiAsk act = new UnifiAsk.CyclePort(SWITCH, 2, LIMIT);
        AssetId fed = AssetId.parse("attic/pve2");
        targets.world.pullPlug(fed);
        targets.world.fault(ID, new Fault.Interface(How.PRETENDS, surface));

        assertThat(by(way, act)).isInstanceOf(Told.Done.class);
        assertThat(targets.world.power(fed)).isEqualTo(LabHost.State.OFF);

        targets.world.heal(ID);
        assertThat(by(way, act)).isInstanceOf(Told.Done.class);
        assertThat(targets.world.power(fed)).isEqualTo(LabHost.State.BOOTING);
    }

    @Test
    void aRestartThatIsOnlyPretendedIsToldAsTakenAndRestartsNothing() throws Exception {
        fails(How.PRETENDS);

        assertThat(by(integration::ask, RESTART)).isInstanceOf(Told.Done.class);
        assertThat(by(classic::ask, RESTART)).isInstanceOf(Told.Done.class);
        assertThat(targets.world.events()).noneMatch(event -> event.command().equals("device"));
        targets.world.heal(ID);
        assertThat(by(integration::ask, RESTART)).isInstanceOf(Told.Done.class);
        assertThat(targets.world.events()).anyMatch(event -> event.command().equals("device"));
    }

    @Test
    void aHungControllerIsLostForAnActAndNothingIsSentTwice() throws Exception {
        by(classic::ask, new UnifiAsk.Devices());
        fails(How.SILENT);

        assertThat(trouble(classic::ask, RESTART)).isInstanceOf(Told.Lost.class);
    }

    @Test
    void whatIsNoAnswerIsTroubleOnceAndLateOnesAreWaitedFor() throws Exception {
        fails(How.WRONG_ONCE);
        assertThat(trouble(integration::ask, new UnifiAsk.Devices())).isInstanceOf(Told.Undelivered.class);
        fails(How.LATE);
        assertThat(by(integration::ask, new UnifiAsk.Devices())).isInstanceOf(UnifiTold.Devices.class);
        fails(How.BROKEN);
        assertThat(trouble(integration::ask, new UnifiAsk.Devices())).isInstanceOf(Told.Undelivered.class);
    }

    @Test
    void anEdgePortWithPoeIsCycled() throws Exception {
        assertThat(cycle(2)).isInstanceOf(Told.Done.class);

        assertThat(targets.world.events()).anyMatch(event -> event.command().equals("poe"));
        assertThat(targets.world.violations()).isEmpty();
    }

    /** Trap 10: never the way that we use ourselves. */
    @Test
    @Trap(10)
    void noPortIsCycledThatCarriesTheWayOrGivesNoPoe() throws Exception {
        assertThat(cycle(1).words()).isEqualTo("refused: port 1 is an uplink");
        assertThat(cycle(3).words()).isEqualTo("refused: port 3 is where another network device hangs");
        assertThat(cycle(4).words()).contains("gives no PoE");
        assertThat(cycle(5).words()).contains("gives no PoE");
        assertThat(cycle(9).words()).contains("knows no port 9");

        UnifiAsk.CyclePort port = new UnifiAsk.CyclePort(SWITCH, 6, LIMIT);
        assertThat(LabTargets.of(ports.cycle(ID, port, AssetId.parse("attic/pve1")))
                        .words())
                .isEqualTo("refused: it feeds attic/nas, and not attic/pve1");
        held.add(AssetId.parse("attic/nas"));
        assertThat(cycle(6).words()).isEqualTo("refused: attic/nas is held");

        own.add("02:00:5e:20:00:03");
        assertThat(cycle(2).words()).isEqualTo("refused: it carries this machine");
        assertThat(acts()).isEmpty();
    }

    /** R36: whoever works at it has switched it off, and it is no client any more. */
    @ParameterizedTest
    @ValueSource(strings = {"port map", "way to wake", "nothing"})
    void noPortOfAHeldAssetIsCycledThatIsOff(String declared) throws Exception {
        Contracts by = declared.equals("nothing")
                ? FakeContracts.atticWithUnifi("unifi-os")
                : FakeContracts.atticWithUnifi("unifi-os", SWITCH, declared.equals("port map"));
        GuardedPorts guard = new GuardedPorts(both, () -> by, held::contains, () -> own);
        unifi.nasAt(0);
        UnifiAsk.CyclePort port = new UnifiAsk.CyclePort(SWITCH, 6, LIMIT);
        held.add(AssetId.parse("attic/nas"));

        Told told = LabTargets.of(guard.cycle(ID, port));

        if (declared.equals("nothing")) {
            assertThat(told).isInstanceOf(Told.Done.class);
        } else {
            assertThat(told.words()).isEqualTo("refused: attic/nas is held");
            assertThat(acts()).isEmpty();
            held.clear();
            assertThat(LabTargets.of(guard.cycle(ID, port, AssetId.parse("attic/pve1")))
                            .words())
                    .isEqualTo("refused: it feeds attic/nas, and not attic/pve1");
            assertThat(LabTargets.of(guard.cycle(ID, port, AssetId.parse("attic/nas"))))
                    .isInstanceOf(Told.Done.class);
        }
    }

    @Test
    void noPortIsCycledOfWhatOthersAreReachedThrough() throws Exception {
        Contracts by = FakeContracts.atticThrough("02:00:5e:20:00:03");
        GuardedPorts guard = new GuardedPorts(both, () -> by, held::contains, () -> own);

        assertThat(LabTargets.of(guard.cycle(ID, new UnifiAsk.CyclePort(SWITCH, 2, LIMIT)))
                        .words())
                .isEqualTo("refused: others are reached through attic/broker");
        assertThat(acts()).isEmpty();
    }

    /** Trap 13: a list that leaves an outlet out wipes what is set of it. */
    @Test
    @Trap(13)
    void anOutletIsSwitchedByTheWholeListAndTheOthersStayAsTheyAre() throws Exception {
        String before = unifi.outlets();

        assertThat(outlet(2, false).words()).startsWith("the controller takes it: outlet 2 is ");
        Until.holds(() -> !relay(2));
        assertThat(outlet(2, false).words()).isEqualTo("outlet 2 is off already");
        assertThat(unifi.outlets()).isNotEqualTo(before);
        assertThat(outlet(2, true).words()).startsWith("the controller takes it: outlet 2 is ");

        assertThat(unifi.outlets()).isEqualTo(before).contains("Modem", "Metal");
        assertThat(targets.world.violations()).isEmpty();
        assertThat(outlet(9, false).words()).contains("knows no outlet 9");
        assertThat(acts()).containsExactly("classic outlet call", "classic outlet call");
    }

    /** What is accepted is not done: what the device told last shows the relay on for some seconds more (protocols 3.2). */
    @Test
    void anOutletThatWasSwitchedOffIsSwitchedOnThoughItsTableStillShowsItOn() throws Exception {
        String before = unifi.outlets();

        assertThat(outlet(2, false)).isInstanceOf(Told.Done.class);
        assertThat(outlet(2, true)).isInstanceOf(Told.Done.class);

        assertThat(unifi.outlets()).isEqualTo(before);
        assertThat(acts()).containsExactly("classic outlet call", "classic outlet call");
    }

    /** Trap 13 by two at once: a list that was read before another one was written undoes that. */
    @Test
    @Trap(13)
    void outletsOfOneDeviceThatAreSwitchedAtOnceLeaveOneAnotherAsTheyAre() throws Exception {
        outlet(1, false);
        fails(How.LATE);

        CompletionStage<Told> on = both.ask(ID, new UnifiAsk.SwitchOutlet(GATEWAY, 1, true, LIMIT));
        CompletionStage<Told> off = both.ask(ID, new UnifiAsk.SwitchOutlet(GATEWAY, 2, false, LIMIT));

        assertThat(LabTargets.of(on)).isInstanceOf(Told.Done.class);
        assertThat(LabTargets.of(off)).isInstanceOf(Told.Done.class);
        targets.world.heal(ID);
        assertThat(outlets())
                .extracting(UnifiTold.Outlet::index, UnifiTold.Outlet::set)
                .containsExactly(tuple(1, true), tuple(2, false));
    }

    @Test
    void anOutletThatOnlyPretendsIsToldByItsRelay() throws Exception {
        fails(How.PRETENDS);

        assertThat(outlet(2, false).words()).isEqualTo("the controller takes it: outlet 2 is on");
    }

    @Test
    void noOutletIsSwitchedThatFeedsAnotherOrAHeldAsset() throws Exception {
        Contracts by = FakeContracts.atticWithPoweredOutlet();
        GuardedPorts guard = new GuardedPorts(both, () -> by, held::contains, () -> own);
        UnifiAsk.SwitchOutlet off = new UnifiAsk.SwitchOutlet(GATEWAY, 2, false, LIMIT);

        assertThat(LabTargets.of(guard.cycle(ID, off, AssetId.parse("attic/pve1")))
                        .words())
                .isEqualTo("refused: it feeds attic/pve2, and not attic/pve1");
        held.add(AssetId.parse("attic/pve2"));
        assertThat(LabTargets.of(guard.cycle(ID, off, AssetId.parse("attic/pve2")))
                        .words())
                .isEqualTo("refused: attic/pve2 is held");
        assertThat(acts()).isEmpty();

        held.clear();
        assertThat(LabTargets.of(guard.cycle(ID, off, AssetId.parse("attic/pve2"))))
                .isInstanceOf(Told.Done.class);
    }

    private boolean relay(int number) {
        return outlets().get(number - 1).relay();
    }

    private List<UnifiTold.Outlet> outlets() {
        try {
            return ((UnifiTold.Outlets) LabTargets.of(both.ask(ID, new UnifiAsk.Outlets()))).outlets();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Told outlet(int number, boolean on) throws Exception {
        return LabTargets.of(both.ask(ID, new UnifiAsk.SwitchOutlet(GATEWAY, number, on, LIMIT)));
    }

    @Test
    void noDeviceIsRestartedOnWhichAWayOfOursOrAHeldAssetHangs() throws Exception {
        assertThat(restart("02:00:5e:10:00:04").words()).isEqualTo("refused: others are reached through attic/gateway");
        assertThat(restart(SWITCH).words()).isEqualTo("refused: another network device hangs on it");
        assertThat(acts()).isEmpty();

        assertThat(restart("02:00:5e:20:00:02")).isInstanceOf(Told.Done.class);
        assertThat(acts()).containsExactly("integration restart call");
    }

    /** What is off is no client: the port map counts as well. */
    @Test
    void noDeviceIsRestartedOnWhichAMachineHangs() throws Exception {
        String far = "02:00:5e:20:00:02";
        Contracts by = FakeContracts.atticWithUnifi("unifi-os", far, true);
        GuardedPorts guard = new GuardedPorts(both, () -> by, held::contains, () -> own);

        assertThat(LabTargets.of(guard.restart(ID, new UnifiAsk.Restart(far, LIMIT)))
                        .words())
                .isEqualTo("refused: attic/nas hangs on it");
        assertThat(acts()).isEmpty();
    }

    /** What is taken is not done: its state and uptime tell (protocols 3.2). */
    @Test
    void aDeviceThatIsRestartedIsAwayAndThenCountsItsUptimeAnew() throws Exception {
        String far = "02:00:5e:20:00:02";
        assertThat(uptime(far).up()).isGreaterThan(Duration.ofDays(2));

        assertThat(restart(far)).isInstanceOf(Told.Done.class);

        assertThat(uptime(far).up()).isLessThan(Duration.ofDays(1));
        assertThat(uptime(SWITCH).up()).isGreaterThan(Duration.ofDays(2));
    }

    private UnifiTold.Uptime uptime(String mac) throws Exception {
        return ((UnifiTold.Uptimes) LabTargets.of(both.ask(ID, new UnifiAsk.Uptimes())))
                .devices().stream()
                        .filter(one -> one.mac().equals(mac))
                        .findFirst()
                        .orElseThrow();
    }

    private Told restart(String mac) throws Exception {
        return LabTargets.of(ports.restart(ID, new UnifiAsk.Restart(mac, LIMIT)));
    }

    /** Power is cycled by the command that says so; lists of overrides are never written, not even whole. */
    @Test
    @Trap(13)
    void aCycleByEitherApiLeavesThePortOverridesOfTheSwitchAlone() throws Exception {
        String before = unifi.portOverrides();

        assertThat(cycle(2)).isInstanceOf(Told.Done.class);
        unifi.withoutPortActions();
        assertThat(cycle(2)).isInstanceOf(Told.Done.class);

        assertThat(acts()).contains("integration cycle call", "classic cycle call");
        assertThat(unifi.portOverrides()).isEqualTo(before);
    }

    @Test
    void noPortIsCycledThatCannotBeSeen() throws Exception {
        targets.logins.put("classic/attic", "ridethrough:wrong");

        assertThat(cycle(2).words()).startsWith("refused: what hangs on it cannot be seen");
        assertThat(acts()).isEmpty();
    }

    @Test
    void aSelfHostedOneStandsAtItsOwnPort() throws Exception {
        selfHosted();

        assertThat(controller.api().url()).endsWith(":8443");
    }

    private Told cycle(int port) throws Exception {
        return LabTargets.of(ports.cycle(ID, new UnifiAsk.CyclePort(SWITCH, port, LIMIT)));
    }

    private void fails(How how) {
        targets.world.fault(ID, new Fault.Interface(how));
    }

    private List<String> acts() {
        return targets.world.events().stream()
                .filter(event -> event.command().equals("unifi"))
                .map((LabEvent event) -> event.id() + " " + event.what())
                .toList();
    }

    private Told by(Way.Road<UnifiController, UnifiAsk> way, UnifiAsk ask) throws Exception {
        return LabTargets.of(way.ask(controller, ask));
    }

    private Told trouble(Way.Road<UnifiController, UnifiAsk> way, UnifiAsk ask) {
        Told[] told = new Told[1];
        assertThatThrownBy(() -> by(way, ask))
                .rootCause()
                .isInstanceOfSatisfying(WayTroubleException.class, trouble -> told[0] = trouble.told());
        return told[0];
    }
}
