package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Ups;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingParserTest {
    private static final Map<String, String> DOTTED = Map.of(
            "status", "ups.status", "charge", "battery.charge", "runtime", "battery.runtime", "load", "ups.load");

    @Test
    void readsOneTopicAVariableInBothSpellings() {
        ReadingParser parser = parser(Ups.Format.VARIABLES, "ups/rack/{variable}", DOTTED, Map.of(), 1);

        assertThat(parser.topics())
                .contains("ups/rack/ups.status", "ups/rack/ups/status", "ups/rack/battery.charge")
                .hasSize(8);
        assertThat(parse(parser, "ups/rack/ups.status", " OB DISCHRG\n"))
                .isEqualTo(Parsed.Update.ofStatus("OB DISCHRG"));
        assertThat(parse(parser, "ups/rack/ups/status", "\"OL\"")).isEqualTo(Parsed.Update.ofStatus("OL"));
        assertThat(update(parser, "ups/rack/battery.charge", "87.9").charge()).hasValue(87);
        assertThat(update(parser, "ups/rack/ups.load", "23").load()).hasValue(23);
        assertThat(parse(parser, "ups/other/ups.status", "OB")).isInstanceOf(Parsed.Ignored.class);
    }

    @Test
    void readsWordsAndMinutes() {
        ReadingParser parser = parser(
                Ups.Format.VARIABLES,
                "v1/ups/rack/{variable}",
                DOTTED,
                Map.of("on battery", "OB", "Low Battery", "LB", "online", "OL"),
                60);

        assertThat(parse(parser, "v1/ups/rack/ups.status", "On Battery")).isEqualTo(Parsed.Update.ofStatus("OB"));
        assertThat(parse(parser, "v1/ups/rack/ups.status", "On battery, low battery"))
                .isEqualTo(Parsed.Update.ofStatus("OB LB"));
        assertThat(parse(parser, "v1/ups/rack/ups.status", "Online CHRG")).isEqualTo(Parsed.Update.ofStatus("OL CHRG"));
        assertThat(update(parser, "v1/ups/rack/battery.runtime", "12.5").runtime())
                .contains(Duration.ofSeconds(750));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ups.status\":\"OB LB\",\"battery.charge\":\"19\",\"battery.runtime\":300,\"ups.load\":\"31.5\"}",
                "{\"ups/status\":\"OB LB\",\"battery/charge\":19,\"battery/runtime\":\"300\",\"ups/load\":31.5}",
                "{\"ups\":{\"status\":\"OB LB\",\"load\":31},\"battery\":{\"charge\":19,\"runtime\":300.0},\"x\":[1]}",
            })
    void readsJsonWithDottedSlashedOrNestedKeys(String payload) {
        assertThat(parse(json(), "ups/rack", payload))
                .isEqualTo(new Parsed.Update(
                        Optional.of(StatusSet.of("OB LB")),
                        OptionalInt.of(19),
                        Optional.of(Duration.ofMinutes(5)),
                        OptionalInt.of(31)));
    }

    @Test
    void takesTheBridgesLastWillAsLostCommunication() {
        assertThat(parse(json(), "ups/rack", "{\"online\":false}")).isInstanceOf(Parsed.CommunicationLost.class);
        assertThat(parse(json(), "ups/rack", "{\"online\":true}")).isInstanceOf(Parsed.Ignored.class);
        assertThat(parse(json(), "ups/rack", "{\"ups.status\":\"unavailable\"}"))
                .isInstanceOf(Parsed.CommunicationLost.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65535", "0", "-1", "abc", "", "1e9999", "NaN", "99999999999", "{}", "0x10"})
    void takesSenselessRuntimesAsMissing(String runtime) {
        ReadingParser parser = parser(Ups.Format.VARIABLES, "u/{variable}", DOTTED, Map.of(), 1);

        assertThat(update(parser, "u/battery.runtime", runtime).runtime()).isEmpty();
    }

    @Test
    void keepsTheStatusWhenAnotherVariableMakesNoSense() {
        Parsed said = parse(
                json(),
                "ups/rack",
                "{\"ups.status\":\"OB\",\"battery.charge\":{\"low\":20},\"battery.runtime\":[],\"ups.load\":-4}");

        assertThat(said).isEqualTo(Parsed.Update.ofStatus("OB"));
    }

    @Test
    void readsHomeAssistantsStatestream() {
        ReadingParser parser = parser(
                Ups.Format.STATESTREAM,
                "homeassistant",
                Map.of("status", "sensor.rack_ups_status_data", "charge", "sensor.rack_ups_battery_charge"),
                Map.of(),
                1);

        assertThat(parser.topics())
                .containsExactly(
                        "homeassistant/sensor/rack_ups_battery_charge/state",
                        "homeassistant/sensor/rack_ups_status_data/state");
        assertThat(parse(parser, "homeassistant/sensor/rack_ups_status_data/state", "OB DISCHRG"))
                .isEqualTo(Parsed.Update.ofStatus("OB DISCHRG"));
        assertThat(parse(parser, "homeassistant/sensor/rack_ups_status_data/state", "unavailable"))
                .isInstanceOf(Parsed.CommunicationLost.class);
        assertThat(update(parser, "homeassistant/sensor/rack_ups_battery_charge/state", "unknown")
                        .charge())
                .isEmpty();
    }

    @Test
    void readsHomeAssistantsEventstream() {
        ReadingParser parser = parser(Ups.Format.EVENTSTREAM, "ha/events", Map.of("status", "sensor.ups"), Map.of(), 1);
        String event = "{\"event_type\":\"state_changed\",\"event_data\":{\"entity_id\":\"%s\",\"new_state\":%s}}";

        assertThat(parse(parser, "ha/events", event.formatted("sensor.ups", "{\"state\":\"OB\"}")))
                .isEqualTo(Parsed.Update.ofStatus("OB"));
        assertThat(parse(parser, "ha/events", event.formatted("sensor.ups", "null")))
                .isInstanceOf(Parsed.CommunicationLost.class);
        assertThat(parse(parser, "ha/events", event.formatted("light.hall", "{\"state\":\"OB\"}")))
                .isInstanceOf(Parsed.Ignored.class);
        assertThat(parse(parser, "ha/events", event.formatted("sensor.ups", "{\"state\":[\"OB\"]}")))
                .isInstanceOf(Parsed.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ups.status\":[\"OB\"]}",
                "{\"ups.status\":true}",
                "{\"ups.status\":null}",
                "{\"ups.status\":\"OB; reboot\"}",
                "{\"ups.status\":\"$(reboot)\"}",
                "{\"ups.status\":\"OB\\u0000\"}",
                "{\"ups.status\":\"OB\",\"ups.status\":\"OL\"}",
                "{\"ups.status\":\"OB\"} trailing",
                "{\"ups.status\":\"OB\"",
                "[\"OB\"]",
                "\"OB\"",
                "",
                "null",
                "OB",
                "<ups/>"
            })
    void rejectsWhatIsNoSoundReading(String payload) {
        assertThat(parse(json(), "ups/rack", payload)).isInstanceOf(Parsed.Rejected.class);
    }

    @Test
    void rejectsHugeDeepAndBinaryPayloads() {
        byte[] huge = new byte[ReadingParser.LARGEST + 1];
        byte[] binary = {(byte) 0xff, (byte) 0xfe, 0, 1};

        assertThat(json().parse(huge, "ups/rack")).isInstanceOf(Parsed.Rejected.class);
        assertThat(json().parse(binary, "ups/rack")).isInstanceOf(Parsed.Rejected.class);
        assertThat(parse(json(), "ups/rack", "{\"a\":".repeat(5_000))).isInstanceOf(Parsed.Rejected.class);
        assertThat(parse(json(), "ups/rack", "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}"))
                .isInstanceOf(Parsed.Rejected.class);
        assertThat(parse(json(), "ups/rack", "{\"ups.status\":\"" + "OB ".repeat(10_000) + "\"}"))
                .isInstanceOf(Parsed.Rejected.class);
        assertThat(parse(json(), "ups/rack", "{\"battery.charge\":" + "9".repeat(60_000) + "}"))
                .isInstanceOf(Parsed.Rejected.class);
    }

    @Test
    void neverThrowsForRandomPayloads() {
        Random random = new Random(20260203);
        byte[] sound = "{\"ups.status\":\"OB LB\",\"battery\":{\"charge\":19}}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = sound.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            assertThat(json().parse(mutated, "ups/rack")).isNotNull();
        }
    }

    @Test
    void expectsNutsNamesWhereNoneAreDeclared() {
        ReadingParser parser = parser(Ups.Format.JSON, "ups/rack", Map.of(), Map.of(), 1);

        assertThat(parse(parser, "ups/rack", "{\"ups.status\":\"OB\"}")).isEqualTo(Parsed.Update.ofStatus("OB"));
    }

    @Test
    void readsAnEmptyStatusAsUnclear() {
        ReadingParser parser = parser(Ups.Format.VARIABLES, "u/{variable}", DOTTED, Map.of(), 1);

        assertThat(parse(parser, "u/ups.status", "")).isEqualTo(Parsed.Update.ofStatus(""));
    }

    private static ReadingParser json() {
        return parser(Ups.Format.JSON, "ups/rack", DOTTED, Map.of(), 1);
    }

    private static ReadingParser parser(
            Ups.Format format, String topic, Map<String, String> variables, Map<String, String> words, int unit) {
        return new ReadingParser(new Ups.MqttSource(
                "tcp://127.0.0.1:1883",
                Optional.empty(),
                format,
                topic,
                variables,
                words,
                Duration.ofSeconds(unit),
                Optional.empty()));
    }

    private static Parsed parse(ReadingParser parser, String topic, String payload) {
        return parser.parse(payload.getBytes(StandardCharsets.UTF_8), topic);
    }

    private static Parsed.Update update(ReadingParser parser, String topic, String payload) {
        return (Parsed.Update) parse(parser, topic, payload);
    }
}
