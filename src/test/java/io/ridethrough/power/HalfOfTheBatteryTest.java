package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** R11: a policy that waits for half of the battery. Its declared runtime is 20 minutes. */
class HalfOfTheBatteryTest {
    @Test
    void waitsUntilHalfOfTheChargeIsSpent() {
        FakePower power = tells(FakePower.byBattery().says("OB"), 10, 3_000, 90).until(300);
        assertThat(power.begun()).isEmpty();
        assertThat(power.last()).contains("on battery, and half of it is left: 90 %");

        assertThat(power.charge(50).begunHow()).containsExactly("300 BeginShutdown HOLD_OVER");
    }

    @Test
    void waitsUntilHalfOfTheRuntimeThatItToldFirstIsSpent() {
        FakePower power = tells(FakePower.byBattery().says("OB"), 10, 1_000, 90);

        assertThat(power.until(490).begun()).isEmpty();
        assertThat(power.until(560).begun()).hasSize(1);
    }

    @Test
    void waitsForNoMoreThanHalfOfItsDeclaredRuntimeWhateverItTells() {
        FakePower power = FakePower.byBattery().says("OB");
        for (int second = 10; second <= 590; second += 10) {
            tells(power, second, 9_000, 100);
        }
        assertThat(power.begun()).isEmpty();

        assertThat(power.until(605).begun()).containsExactly("600 BeginShutdown");
    }

    @Test
    void doesNotWaitForABatteryThatTellsNothing() {
        assertThat(FakePower.byBattery().says("OB").until(75).begun()).containsExactly("70 BeginShutdown");
    }

    @Test
    void beginsAtOnceWhenItTurnsCritical() {
        FakePower power = tells(FakePower.byBattery().says("OB"), 10, 3_000, 90).until(200);

        power.says("OB LB").until(203).says("OB LB").until(220);

        assertThat(power.begunHow()).hasSize(1).allMatch(how -> how.endsWith("EMERGENCY"));
    }

    /** Three words of its runtime that agree, the last of them at that second. */
    private static FakePower tells(FakePower power, int second, int runtime, int charge) {
        return power.charge(charge)
                .until(second - 6)
                .runtime(runtime + 6)
                .until(second - 3)
                .runtime(runtime + 3)
                .until(second)
                .runtime(runtime);
    }
}
