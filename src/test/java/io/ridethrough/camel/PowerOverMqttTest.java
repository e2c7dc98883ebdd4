package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Ups;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Plans;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What UPSes say through a real broker, and what becomes of it. */
class PowerOverMqttTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String[] DOWN = {"SHUT_DOWN attic/app", "POWER_OFF attic/node"};

    @TempDir
    Path folder;

    private Mosquitto broker;
    private @Nullable PowerBench bench;

    @BeforeEach
    void chooseABroker() {
        broker = new Mosquitto(folder);
    }

    @AfterEach
    void stopAll() {
        if (bench != null) {
            bench.close();
        }
        broker.close();
    }

    @Test
    void oneTopicAVariableTakesAnArmedSiteDownAfterItsHold() {
        broker.start();
        PowerBench b = armed(SHORT, Ups.Format.VARIABLES, "ups/attic/{variable}", Map.of());
        broker.publish("ups/attic/ups/status", "OB DISCHRG");
        goesDown(b);
        assertThat(b.said("BeginShutdown")).isTrue();
    }

    @Test
    void homeAssistantStatestreamTakesAnArmedSiteDownAfterItsHold() {
        broker.start();
        PowerBench b = armed(SHORT, Ups.Format.STATESTREAM, "homeassistant", Map.of("status", "sensor.ups_status"));
        broker.publish("homeassistant/sensor/ups_status/state", "on battery");
        goesDown(b);
    }

    @Test
    void homeAssistantEventstreamTakesAnArmedSiteDownAfterItsHold() {
        broker.start();
        PowerBench b = armed(SHORT, Ups.Format.EVENTSTREAM, "ha/events", Map.of("status", "sensor.ups_status"));
        broker.publish(
                "ha/events",
                "{\"event_type\":\"state_changed\",\"event_data\":{\"entity_id\":\"sensor.ups_status\","
                        + "\"new_state\":{\"state\":\"on battery\"}}}");
        goesDown(b);
    }

    @Test
    void retainedWordOfAnOutageActsAfterTheHoldAndPowerBackStartsTheSite() {
        broker.start();
        broker.retain("ups", "{\"ups.status\":\"OB\",\"battery.charge\":90}");
        PowerBench b = json(SHORT);
        goesDown(b);
        broker.publish("ups", "{\"ups.status\":\"OL\",\"battery.charge\":90}");
        Until.holds(() -> b.world.commands().contains("START attic/app"));
        assertThat(b.world.commands()).containsExactly(DOWN[0], DOWN[1], "WAKE attic/node", "START attic/app");
    }

    @Test
    void aFlapDoesNothingAndSaysWhy() {
        broker.start();
        PowerBench b = json(LONG);
        broker.publish("ups", "{\"ups.status\":\"OB\"}");
        Until.holds(() -> b.said("Holding"));
        broker.publish("ups", "{\"ups.status\":\"OL\"}");
        Until.holds(() -> b.said("mains is back"));
        assertThat(b.world.commands()).isEmpty();
    }

    @Test
    void aWatchingSiteDoesNothingAndSaysSo() {
        broker.start();
        PowerBench b = open(SHORT, Ups.Format.JSON, "ups", Map.of());
        broker.publish("ups", "{\"ups.status\":\"OB\"}");
        Until.holds(() -> b.said("BeginShutdown"));
        assertThat(b.journal.ofKinds("run-begun")).isEmpty();
        assertThat(b.world.commands()).isEmpty();
    }

    @Test
    void aSiteThatIsArmedInTheMiddleOfAnOutageIsJudgedAtOnce() {
        broker.start();
        PowerBench b = open(SHORT, Ups.Format.JSON, "ups", Map.of());
        broker.publish("ups", "{\"ups.status\":\"OB\"}");
        Until.holds(() -> b.said("BeginShutdown"));
        assertThat(b.world.commands()).isEmpty();

        assertThat(b.post("sites/attic/readiness", "{\"readiness\":\"armed\",\"waive-rehearsal\":\"a test\"}"))
                .startsWith("200");

        assertThat(b.watch.report(Plans.SITE)).contains("longer than the hold");
        goesDown(b);
        assertThat(b.decisions().stream().filter(line -> line.startsWith("BeginShutdown")))
                .hasSize(2);
    }

    @Test
    void aSiteThatIsArmedBeforeAnOutageHasLastedWaitsForTheRestOfTheHold() {
        broker.start();
        PowerBench b = open(LONG, Ups.Format.JSON, "ups", Map.of());
        broker.publish("ups", "{\"ups.status\":\"OB\"}");
        Until.holds(() -> b.said("Holding"));

        b.post("sites/attic/readiness", "{\"readiness\":\"armed\",\"waive-rehearsal\":\"a test\"}");

        assertThat(b.said("BeginShutdown")).isFalse();
        assertThat(b.journal.ofKinds("run-begun")).isEmpty();
    }

    @Test
    void aBrokerThatIsDownAtOurStartIsHeardOnceItIsUp() {
        PowerBench b = json(SHORT);
        Until.holds(() -> b.said("nothing clear was heard"));
        broker.start();
        broker.retain("ups", "{\"ups.status\":\"OB\"}");
        goesDown(b);
    }

    @Test
    void aBrokerRestartedInMidRunLosesNothing() {
        broker.start();
        PowerBench b = json(SHORT);
        b.world.gate("attic/app");
        broker.retain("ups", "{\"ups.status\":\"OB\",\"battery.charge\":90}");
        Until.holds(() -> b.world.commands().size() == 1);
        broker.stop();
        Until.holds(() -> b.said("the broker is unreachable"));
        broker.start();
        broker.retain("ups", "{\"ups.status\":\"OL\",\"battery.charge\":90}");
        b.world.open("attic/app");
        Until.holds(() -> b.world.commands().contains("START attic/app"));
        assertThat(b.world.commands()).containsExactly(DOWN[0], DOWN[1], "WAKE attic/node", "START attic/app");
    }

    @Test
    void hostileMessagesStartNothingAndTheServiceGoesOn() {
        broker.start();
        PowerBench b = json(SHORT);
        broker.publish("ups", new byte[] {0, (byte) 0xff, (byte) 0xfe, 3});
        broker.publish(
                "ups", ("{\"ups.status\":\"OB" + "x".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.UTF_8));
        broker.publish("ups", "[".repeat(50_000));
        broker.publish("ups", "{\"ups.status\":\"OB; $(reboot) ${bean:runs}\"}");
        broker.publish("ups", "{\"ups.status\":[\"OB\"],\"ups.status\":\"OB\"}");
        broker.publish("ups", "");
        broker.publish("ups", "FSD OB".getBytes(StandardCharsets.UTF_8));
        broker.publish(
                "ups",
                "{\"ups.status\":\"OL\"}".getBytes(StandardCharsets.UTF_8),
                "-D",
                "publish",
                "user-property",
                "CamelHttpUri",
                "http://127.0.0.1:1/",
                "-D",
                "publish",
                "user-property",
                "CamelBeanMethodName",
                "begin");
        Until.holds(() -> b.watch.report(Plans.SITE).contains("no outage"));
        assertThat(b.world.commands()).isEmpty();
        assertThat(b.decisions()).noneMatch(line -> line.startsWith("Holding"));
        broker.publish("ups", "{\"ups.status\":\"OB\"}");
        goesDown(b);
    }

    @Test
    void aForcedShutdownOnMainsNeverTriggers() {
        broker.start();
        PowerBench b = json(SHORT);
        broker.publish("ups", "{\"ups.status\":\"FSD OL\"}");
        Until.holds(() -> b.said("latched"));
        broker.publish("ups", "{\"ups.status\":\"OL\"}");
        assertThat(b.said("BeginShutdown")).isFalse();
        assertThat(b.world.commands()).isEmpty();
    }

    @Test
    void anOutageAndItsReturnWakeNothingThatIsHeld() {
        broker.start();
        PowerBench b = json(SHORT);
        b.standing.hold(AssetId.parse("attic/node"), "test", "a person works on it");
        broker.publish("ups", "{\"ups.status\":\"OB\",\"battery.charge\":90}");
        goesDown(b);
        broker.publish("ups", "{\"ups.status\":\"OL\",\"battery.charge\":90}");
        Until.holds(() -> b.journal.receipts().size() == 2);
        assertThat(b.world.commands()).doesNotContain("WAKE attic/node");
    }

    private void goesDown(PowerBench b) {
        Until.holds(
                () -> b.world.commands().contains(DOWN[1]),
                Duration.ofSeconds(15),
                () -> "down; decided " + b.decisions() + ", done " + b.world.commands());
        assertThat(b.world.commands()).containsExactly(DOWN);
    }

    private PowerBench json(Duration hold) {
        return armed(hold, Ups.Format.JSON, "ups", Map.of());
    }

    /** R1, R9: the hold of an outage that an earlier process saw begin is not waited for twice. */
    @Test
    void goesOnWithTheHoldThatAnEarlierProcessBegan() {
        broker.start();
        broker.retain("ups", "{\"ups.status\":\"OB\"}");
        Duration ago = LONG.plusSeconds(5);
        try (SqliteJournal earlier =
                SqliteJournal.open(folder.resolve("home"), () -> Instant.now().minus(ago))) {
            earlier.append(
                    Optional.empty(),
                    "decision",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("site", Plans.SITE.value())
                            .put("decision", "Holding")
                            .put("reason", "on battery, waiting whether it lasts"));
        }

        PowerBench b = json(LONG);
        goesDown(b);
    }

    private PowerBench armed(Duration hold, Ups.Format format, String topic, Map<String, String> variables) {
        PowerBench b = open(hold, format, topic, variables);
        b.arm();
        return b;
    }

    /** Not before the subscription stands, where there is a broker. */
    private PowerBench open(Duration hold, Ups.Format format, String topic, Map<String, String> variables) {
        PowerBench b = new PowerBench(folder, hold, PowerBench.source(broker.address(), format, topic, variables));
        bench = b;
        if (broker.isUp()) {
            Until.holds(b::subscribed);
        }
        return b;
    }
}
