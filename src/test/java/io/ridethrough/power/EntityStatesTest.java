package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Ups;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocols 4: what Home Assistant shows of a UPS. */
class EntityStatesTest {
    private final EntityStates states = new EntityStates(new Ups.HomeSource(
            AssetId.parse("attic/web"),
            Map.of("status", "sensor.status", "charge", "sensor.charge", "runtime", "sensor.runtime"),
            Map.of("On Battery", "OB"),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10)));

    @Test
    void oneAnswerTellsAllThatIsDeclared() {
        assertThat(states.parse(Map.of(
                        "sensor.status", "On Battery", "sensor.charge", "87.9", "sensor.runtime", "12.5", "x.y", "OL")))
                .isEqualTo(new Parsed.Update(
                        Optional.of(StatusSet.of("OB")),
                        OptionalInt.of(87),
                        Optional.of(Duration.ofSeconds(750)),
                        OptionalInt.empty()));
    }

    @Test
    void onlyTheStatusMustBeThere() {
        assertThat(states.parse(Map.of("sensor.status", "OB LB DISCHRG", "sensor.charge", "unavailable")))
                .isEqualTo(Parsed.Update.ofStatus("OB LB DISCHRG"));
        assertThat(states.parse(Map.of("sensor.charge", "87"))).isInstanceOf(Parsed.CommunicationLost.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unavailable", "unknown"})
    void aStateThatIsNoneIsALossAndNeverMains(String word) {
        assertThat(states.parse(Map.of("sensor.status", word, "sensor.charge", "87")))
                .isInstanceOf(Parsed.CommunicationLost.class);
    }

    @Test
    void aStatusThatMakesNoSenseIsRefused() {
        assertThat(states.parse(Map.of("sensor.status", "<b>OL</b>"))).isInstanceOf(Parsed.Rejected.class);
    }
}
