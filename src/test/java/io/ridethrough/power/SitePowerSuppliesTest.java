package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitePowerSuppliesTest {
    @ParameterizedTest
    @CsvSource({
        // minimum, A, B, whether a shutdown begins after the hold and the delay
        "1, OL, OL, false",
        "1, OB, OL, false",
        "1, OL, OB, false",
        "1, OB, OB, true",
        "1, OB, OL LB, false",
        "1, OB, FSD OL, false",
        "1, OB, '', false",
        "2, OL, OL, false",
        "2, OB, OL, true",
        "2, OL, OB, true",
        "2, OB, OB, true",
        "2, OB, OL LB, true",
        "2, OL LB, FSD OL, false"
    })
    void isOnBatteryWhenAnAssetHasFewerSuppliesThanItNeeds(int minimum, String a, String b, boolean begins) {
        FakePower power = FakePower.dual(minimum).says(FakePower.A, a).says(FakePower.B, b);

        power.until(30).says(FakePower.A, a).says(FakePower.B, b).until(100);

        assertThat(!power.begun().isEmpty()).isEqualTo(begins);
    }

    @ParameterizedTest
    @CsvSource({"1, OB, false", "1, OB LB, true", "2, OB, true", "2, OL, true"})
    void isCriticalWhenTooFewSuppliesAreNot(int minimum, String other, boolean begins) {
        FakePower power = FakePower.dual(minimum).says(FakePower.A, "OB LB").says(FakePower.B, other);

        power.until(2).says(FakePower.A, "OB LB").says(FakePower.B, other).until(12);

        assertThat(!power.begun().isEmpty()).isEqualTo(begins);
    }

    @Test
    void takesASecondUpsOnBatteryAsASecondWitness() {
        FakePower power = FakePower.dual(1)
                .says(FakePower.A, "OB")
                .says(FakePower.B, "OB")
                .until(600);

        assertThat(power.begun()).containsExactly("60 BeginShutdown");
    }

    @Test
    void triggersNothingWhereNoAssetIsFedByAUps() {
        Power.Policy policy = new Power.Policy(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                50,
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Power.OnReturn.TURN_AROUND,
                Power.Start.AFTER_HOLD,
                Duration.ofMinutes(45));
        SitePower site = new SitePower(
                new Power(List.of(), Map.of(AssetId.parse("attic/node"), Set.of()), Map.of(), policy), Course.UP);

        assertThat(site.evaluate(0)).isEmpty();
        assertThat(site.evaluate(1_000_000_000_000L)).isEmpty();
    }
}
