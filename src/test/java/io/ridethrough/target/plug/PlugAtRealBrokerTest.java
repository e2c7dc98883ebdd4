package io.ridethrough.target.plug;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.WakeWay.Plug;
import io.ridethrough.contract.WakeWay.PlugKind;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.net.LabPlug;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.realparts.RawMqtt;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.mqtt.BrokerAccess;
import io.ridethrough.target.mqtt.BrokerTalk;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugs at a real mosquitto, which lets us do what the recipe prints and no more. */
class PlugAtRealBrokerTest {
    private static final PlugAsk ON = new PlugAsk.Switch(true, Duration.ofSeconds(20));
    private static final PlugAsk OFF = new PlugAsk.Switch(false, Duration.ofSeconds(20));

    @TempDir
    Path folder;

    private final Socket socket = new Socket();

    @ParameterizedTest
    @CsvSource({"TASMOTA, attic/%prefix%/plug, 1", "SHELLY_1, shellyplug-s-1, 0", "SHELLY_2, attic/plug, 0"})
    void isAskedAndSwitchedWithTheRightsOfTheRecipeAndNothingIsRetained(PlugKind kind, String topic, int output)
            throws Exception {
        try (Mosquitto broker = new Mosquitto(folder)) {
            Plug plug = plug(broker, kind, topic, output);
            broker.lets("ridethrough", "secret", PlugAccess.of(plug)).start();
            try (LabPlug there = new LabPlug(plug, broker.address(), socket)) {
                there.there(true);
                assertThat(asked(plug, OFF)).isInstanceOf(Told.Done.class);
                assertThat(asked(plug, new PlugAsk.State())).isEqualTo(new PlugTold.State(false, OptionalDouble.of(0)));
                assertThat(asked(plug, ON)).isInstanceOf(Told.Done.class);
                assertThat(asked(plug, new PlugAsk.State())).isEqualTo(new PlugTold.State(true, OptionalDouble.of(40)));
            }
            try (RawMqtt after = RawMqtt.listening(broker.address())) {
                assertThat(after.all())
                        .extracting(RawMqtt.Message::topic)
                        .as("what the broker keeps")
                        .singleElement()
                        .asString()
                        .matches(".*/(LWT|online)");
            }
        }
    }

    /** MQTT 5, 3.4.2.1: the broker says that nobody has subscribed. */
    @Test
    void whatNobodyListensToIsCertainlyNotSent() {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Plug plug = plug(broker, PlugKind.TASMOTA, "plug", 1);

            assertThat(trouble(plug, ON))
                    .isEqualTo(new Told.Undelivered("nobody at " + broker.address() + " listens to cmnd/plug/POWER1"));
        }
    }

    @Test
    void whatTheBrokerDoesNotPermitIsCertainlyNotSent() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder)) {
            Plug plug = plug(broker, PlugKind.TASMOTA, "plug", 1);
            broker.lets("ridethrough", "secret", List.of("topic read #")).start();
            try (LabPlug there = new LabPlug(plug, broker.address(), socket)) {
                there.there(true);
                assertThat(trouble(plug, OFF).words()).contains("takes nothing from us for cmnd/plug/POWER1");
                assertThat(socket.on).isTrue();
            }
        }
    }

    /** It is no reason to give up what has other ways. */
    @Test
    void aRefusedLoginIsShownOnceAndBarsNoOtherWay() throws Exception {
        try (Mosquitto broker =
                new Mosquitto(folder).demands("ridethrough", "other").start()) {
            Plug plug = plug(broker, PlugKind.SHELLY_2, "plug", 0);
            PlugWay way = way();
            for (int i = 0; i < 3; i++) {
                assertThat(way.ask(plug, ON).toCompletableFuture().get(30, TimeUnit.SECONDS))
                        .isInstanceOf(Told.Undelivered.class);
            }

            assertThat(broker.log().lines().filter(line -> line.contains("not authorised")))
                    .as(broker::log)
                    .hasSize(1);
        }
    }

    private static Plug plug(Mosquitto broker, PlugKind kind, String topic, int output) {
        return new Plug(
                AssetId.parse("attic/plug"),
                AssetId.parse("attic/pve2"),
                broker.address(),
                Optional.of("mqtt/plug"),
                kind,
                topic,
                output,
                true,
                OptionalDouble.empty(),
                Optional.empty());
    }

    private static Told asked(Plug plug, PlugAsk ask) throws Exception {
        return way().ask(plug, ask).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static Told trouble(Plug plug, PlugAsk ask) {
        try {
            return asked(plug, ask);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WayTroubleException trouble) {
                return trouble.told();
            }
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static PlugWay way() {
        BrokerAccess access = new BrokerAccess(
                name -> Secret.of("ridethrough:secret"),
                target -> Optional.empty(),
                new LoginPauses(System::nanoTime, 1));
        return new PlugWay(new BrokerTalk(Wiring.direct(), access, work -> new Thread(work).start()), 1);
    }

    /** What the plug switches here. */
    private static final class Socket implements LabPlug.Outlet {
        private volatile boolean on = true;

        @Override
        public boolean isOn() {
            return on;
        }

        @Override
        public double watts() {
            return on ? 40 : 0;
        }

        @Override
        public void turn(boolean is) {
            on = is;
        }

        @Override
        public boolean fails(How how) {
            return false;
        }

        @Override
        public boolean isWrongOnce() {
            return false;
        }

        @Override
        public void late(Runnable answer) {
            answer.run();
        }

        @Override
        public void soon(Runnable work) {
            work.run();
        }
    }
}
