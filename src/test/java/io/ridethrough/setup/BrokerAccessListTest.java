package io.ridethrough.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.contract.Ups;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.mqtt.BrokerAccess;
import io.ridethrough.target.mqtt.RetainedMessages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the recipe lets us hear at a real mosquitto, and what not. */
class BrokerAccessListTest {
    private static final Map<String, String> VARIABLES =
            Map.of("status", "sensor.ups_status", "charge", "sensor.ups_charge");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "VARIABLES, ups/{variable}, ups/sensor.ups_status",
        "VARIABLES, ups/{variable}/state, ups/sensor.ups_status/state",
        "STATESTREAM, home, home/sensor/ups_charge/state",
        "JSON, zigbee/ups, zigbee/ups",
        "EVENTSTREAM, events, events"
    })
    void aUpsIsHeardAndNothingElse(Ups.Format format, String topic, String said) throws Exception {
        Ups.MqttSource source = source(format, topic);
        List<String> lines = BrokerAccessList.of(source);
        assertThat(lines).contains("topic readwrite receipts/head", "topic write escalations/site");

        assertThat(heard(
                        lines,
                        Set.of(said, "receipts/head", "escalations/site", "other/secret", "home/lock/door/state")))
                .containsExactlyInAnyOrder(said, "receipts/head");
    }

    @Test
    void aBridgeTellsOfItselfAndTheDeclaredDevicesAlone() throws Exception {
        HomeHealth.Zigbee bridge = new HomeHealth.Zigbee(
                "tcp://192.0.2.5:1883", Optional.of("mqtt/zigbee"), Optional.empty(), "zigbee", List.of("leak sensor"));
        Set<String> ours = Set.of("zigbee/bridge/state", "zigbee/bridge/devices", "zigbee/leak sensor/availability");
        Set<String> all = new TreeSet<>(ours);
        all.addAll(Set.of("zigbee/leak sensor", "zigbee/lock/availability", "zigbee/bridge/info"));

        assertThat(heard(BrokerAccessList.of(bridge), all)).containsExactlyInAnyOrderElementsOf(ours);
    }

    /** A command is a right of its own (upsd.users(5)); one that cuts no load has none. */
    @Test
    void aNutServerLetsTheLoginCutTheLoadOnlyWhereThatIsDeclared() {
        assertThat(nut(""))
                .contains("[ridethrough]")
                .noneMatch(line -> line.contains("instcmds") || line.contains("actions"));
        assertThat(nut("    cut-off: {delay: 4m}\n"))
                .containsSubsequence(
                        "[ridethrough]",
                        "  actions = SET",
                        "  instcmds = shutdown.return",
                        "  instcmds = shutdown.stop");
    }

    /** upsd.users(5): SET and each instant command are rights of their own, and upsmon is another. */
    @Test
    void machinesFollowTheirUpsByALoginThatCannotTellItAnything() {
        Contracts contracts = FakeContracts.atticWithNut("    cut-off: {delay: 4m}\n");
        List<String> nodes = OwnNets.of(contracts, AssetId.parse("attic/pve1"));
        List<String> follower = OwnNets.of(contracts, AssetId.parse("attic/ups1"));

        assertThat(nut("    cut-off: {delay: 4m}\n"))
                .contains("[ridethrough]", "  actions = SET")
                .noneMatch(line -> line.contains("upsmon s"));
        assertThat(nodes)
                .filteredOn(line -> line.startsWith("MONITOR "))
                .singleElement()
                .asString()
                .contains(" ridethrough-follower ");
        assertThat(follower)
                .containsSubsequence("[ridethrough-follower]", "  upsmon secondary")
                .noneMatch(line -> line.contains("actions") || line.contains("instcmds"));
    }

    private static List<String> nut(String more) {
        Contracts contracts = FakeContracts.atticWithNut(more);
        return Recipe.of(contracts, AssetId.parse("attic/ups1"), "secrets").orElseThrow();
    }

    private static Ups.MqttSource source(Ups.Format format, String topic) {
        return new Ups.MqttSource(
                "tcp://192.0.2.5:1883",
                Optional.of("mqtt/attic"),
                format,
                topic,
                VARIABLES,
                Map.of(),
                Duration.ofSeconds(1),
                Optional.empty(),
                Optional.of("receipts/head"),
                Optional.of("escalations/site"),
                Optional.empty());
    }

    /** Those of the topics, each of which keeps something, that a user with these rights is told. */
    private Set<String> heard(List<String> lines, Set<String> topics) throws Exception {
        try (Mosquitto broker = new Mosquitto(folder)) {
            broker.lets("ridethrough", "secret", lines).start();
            topics.forEach(topic -> broker.retain(topic, "{}"));
            BrokerAccess access = new BrokerAccess(
                    name -> Secret.of("ridethrough:secret"),
                    target -> Optional.empty(),
                    new LoginPauses(System::nanoTime, 1));
            RetainedMessages.Answer answer = new RetainedMessages(Wiring.direct(), access, Runnable::run)
                    .of(
                            new BrokerAccess.Broker(broker.address(), Optional.of("mqtt/attic"), Optional.empty()),
                            topics,
                            Duration.ofSeconds(5))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            return ((RetainedMessages.Kept) answer).payloads().keySet();
        }
    }
}
