package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.WakeWay.Plug;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.realparts.RawMqtt;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.mqtt.BrokerTalk;
import io.ridethrough.target.plug.PlugAsk;
import io.ridethrough.target.plug.PlugTold;
import io.ridethrough.target.plug.PlugWay;
import io.ridethrough.target.way.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A smart plug of each dialect at the lab's broker, through the product's own route, with what such plugs are known to do. */
@Timeout(90)
class PlugOfTheLabTest {
    private static final AssetId PLUG = AssetId.parse("attic/plug");
    private static final AssetId NODE = AssetId.parse("attic/pve2");
    private static final PlugAsk STATE = new PlugAsk.State();
    private static final PlugAsk ON = new PlugAsk.Switch(true, Duration.ofSeconds(20));
    private static final PlugAsk OFF = new PlugAsk.Switch(false, Duration.ofSeconds(20));
    private static final PlugTold BUSY = new PlugTold.State(true, OptionalDouble.of(41.7));
    private static final PlugTold IDLE = new PlugTold.State(true, OptionalDouble.of(1.2));
    private static final PlugTold DARK = new PlugTold.State(false, OptionalDouble.of(0));

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabTargets targets;

    @SuppressWarnings("NullAway.Init")
    private RoutedWays<Plug, PlugAsk> ways;

    private void start(String kind, String topic) throws Exception {
        Contracts contracts = FakeContracts.atticWithPlug(kind, topic);
        targets = new LabTargets(contracts, folder);
        ways = Targets.plugs(
                targets.context,
                contracts,
                new PlugWay(new BrokerTalk(targets.wiring, targets.brokers(), targets.callers), LabTargets.SPEED));
        targets.start("routes/targets/smart-plug.yaml");
        ways.follow(contracts);
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
    }

    @ParameterizedTest
    @CsvSource({"tasmota, plug-pve2", "tasmota, attic/%prefix%/plug", "shelly-1, shellyplug-s-1", "shelly-2, attic/plug"
    })
    void tellsItsStateAndWattsAndGivesPowerWhenItIsSwitchedOn(String kind, String topic) throws Exception {
        start(kind, topic);
        assertThat(ask(STATE)).isEqualTo(BUSY);
        targets.world.pullPlug(NODE);
        assertThat(ask(STATE)).isEqualTo(IDLE);
        assertThat(ask(OFF)).isInstanceOf(Told.Done.class);
        assertThat(ask(STATE)).isEqualTo(DARK);

        assertThat(ask(ON)).isInstanceOf(Told.Done.class);

        Until.holds(() -> targets.world.power(NODE) != LabHost.State.OFF, Duration.ofSeconds(30), () -> "still off");
        assertThat(((PlugTold.State) ask(STATE)).on()).isTrue();
        assertThat(ask(ON).words()).isEqualTo("it is on already");
        assertThat(switched()).containsExactly("off", "on");
    }

    @ParameterizedTest
    @CsvSource("shelly-2, attic/plug")
    void aMachineBootsWhenItIsSwitchedOn(String kind, String topic) throws Exception {
        start(kind, topic);
        targets.world.pullPlug(NODE);
        assertThat(ask(OFF)).isInstanceOf(Told.Done.class);

        assertThat(ask(ON)).isInstanceOf(Told.Done.class);

        Until.holds(() -> targets.world.power(NODE) == LabHost.State.UP, Duration.ofSeconds(30), () -> "not up");
        assertThat(ask(STATE)).isEqualTo(BUSY);
    }

    @ParameterizedTest
    @CsvSource({"tasmota, plug-pve2", "shelly-1, shellyplug-s-1", "shelly-2, attic/plug"})
    void isLostAndNotSentAgainWhereItDoesAsToldAndDoesNotSaySo(String kind, String topic) throws Exception {
        start(kind, topic);
        targets.world.switchPlug(PLUG, false);
        fault(How.DROPS);

        assertThat(ask(ON)).isInstanceOf(Told.Lost.class);

        assertThat(switched()).containsExactly("on");
        assertThat(((PlugTold.State) ask(STATE)).on()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"tasmota, plug-pve2", "shelly-1, shellyplug-s-1", "shelly-2, attic/plug"})
    void isSeenToBeAsBeforeWhereItOnlySaysThatItDid(String kind, String topic) throws Exception {
        start(kind, topic);
        fault(How.PRETENDS);

        assertThat(ask(OFF)).isInstanceOf(Told.Done.class);

        assertThat(ask(STATE)).isEqualTo(BUSY);
    }

    @ParameterizedTest
    @CsvSource({"tasmota, plug-pve2", "shelly-1, shellyplug-s-1", "shelly-2, attic/plug"})
    void isWaitedForAndSwitchedOnceWhereItAnswersLate(String kind, String topic) throws Exception {
        start(kind, topic);
        fault(How.LATE);
        long began = System.nanoTime();

        assertThat(ask(OFF)).isInstanceOf(Told.Done.class);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("8 s for the look before, and 8 s for the act, in a world 20 times faster")
                .isGreaterThan(Duration.ofMillis(790));
        assertThat(switched()).containsExactly("off");
        assertThat(ask(STATE)).isEqualTo(DARK);
    }

    @ParameterizedTest
    @CsvSource({"tasmota, plug-pve2", "shelly-1, shellyplug-s-1", "shelly-2, attic/plug"})
    void isToldNothingWhereItSaysOnceWhatIsNoAnswerAndIsWellAgain(String kind, String topic) throws Exception {
        start(kind, topic);
        fault(How.WRONG_ONCE);

        assertThat(ask(OFF)).isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                .contains("no answer over", "the broker keeps that it is there"));
        assertThat(switched()).isEmpty();

        assertThat(ask(STATE)).isEqualTo(BUSY);
    }

    /** It left without a word: what its broker keeps is its last will. */
    @ParameterizedTest
    @CsvSource({"tasmota, plug-pve2", "shelly-1, shellyplug-s-1", "shelly-2, attic/plug"})
    void isToldNothingWhereItIsNotAtItsBrokerAndAnswersOnceItIsBack(String kind, String topic) throws Exception {
        start(kind, topic);
        fault(How.GONE);
        keeps("Offline", "false");

        for (PlugAsk ask : List.of(STATE, OFF)) {
            assertThat(ask(ask)).isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                    .contains("is away, which may be its power, its WiFi or the broker"));
        }
        assertThat(switched()).isEmpty();
        assertThat(targets.world.power(NODE)).isEqualTo(LabHost.State.UP);

        targets.world.heal(PLUG);
        keeps("Online", "true");
        assertThat(ask(STATE)).isEqualTo(BUSY);
    }

    /** Protocols 7: a last will may be its power, its WiFi or the broker. */
    @ParameterizedTest
    @CsvSource({"tasmota, plug-pve2", "shelly-1, shellyplug-s-1", "shelly-2, attic/plug"})
    void isNeitherOffNorToldAnythingWhereItsLastWillSaysThatItIsAway(String kind, String topic) throws Exception {
        start(kind, topic);
        fault(How.SILENT);
        targets.world.plug(PLUG).there(false);
        keeps("Offline", "false");

        for (PlugAsk ask : List.of(STATE, OFF)) {
            assertThat(ask(ask)).isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                    .contains("is away, which may be its power, its WiFi or the broker"));
        }

        targets.world.heal(PLUG);
        assertThat(targets.world.power(NODE)).isEqualTo(LabHost.State.UP);
        assertThat(switched()).isEmpty();
    }

    /** A retained command would overrule what a Tasmota does when its power returns (its documentation, MQTT). */
    @ParameterizedTest
    @CsvSource({"tasmota, plug-pve2", "shelly-1, shellyplug-s-1", "shelly-2, attic/plug"})
    void nothingThatItIsToldIsRetained(String kind, String topic) throws Exception {
        start(kind, topic);
        targets.world.pullPlug(NODE);
        try (RawMqtt before = RawMqtt.listening(broker())) {
            assertThat(ask(OFF)).isInstanceOf(Told.Done.class);
            assertThat(ask(ON)).isInstanceOf(Told.Done.class);
            List<RawMqtt.Message> heard = before.all();

            assertThat(heard.stream().filter(RawMqtt.Message::retain).map(RawMqtt.Message::topic))
                    .as("as it was published; the lab's UPS and the plug's presence are retained")
                    .allMatch(one -> one.startsWith("ups/") || one.endsWith("/LWT") || one.endsWith("/online"));
            assertThat(heard).as("it did hear what switched it").anyMatch(one -> one.payload()
                    .matches("ON|on|.*\"on\":true.*"));
        }
        try (RawMqtt after = RawMqtt.listening(broker())) {
            assertThat(after.all().stream().map(RawMqtt.Message::topic).filter(one -> !one.startsWith("ups/")))
                    .as("what the broker keeps")
                    .allMatch(one -> one.endsWith("/LWT") || one.endsWith("/online"))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource("tasmota, plug-pve2")
    void isToldAtOnceAsUndeliveredOnceItsBreakerIsOpen(String kind, String topic) throws Exception {
        start(kind, topic);
        fault(How.SILENT);
        for (int i = 0; i < 4; i++) {
            assertThat(ask(STATE)).isInstanceOf(Told.Undelivered.class);
        }
        targets.world.heal(PLUG);

        assertThat(ask(OFF)).isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                .contains("has no second way"));
        assertThat(switched()).isEmpty();
    }

    /** Waits until the broker keeps one of those as the plug's presence. */
    private void keeps(String tasmota, String shelly) throws Exception {
        try (RawMqtt ear = RawMqtt.listening(broker())) {
            Until.holds(() -> ear.heard().stream()
                    .anyMatch(one ->
                            one.payload().equals(tasmota) || one.payload().equals(shelly)));
        }
    }

    private String broker() {
        return targets.world.broker("tcp://192.0.2.5:1883").uri();
    }

    private List<String> switched() {
        return targets.world.events().stream()
                .filter(event -> event.host().equals(PLUG.toString()))
                .map(LabEvent::verb)
                .toList();
    }

    private void fault(How how) {
        targets.world.fault(PLUG, new Fault.Interface(how));
    }

    private Told ask(PlugAsk ask) throws Exception {
        return LabTargets.of(ways.ask(PLUG, ask));
    }
}
