package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.traps.Trap;
import org.junit.jupiter.api.Test;

class SitePowerReturnTest {
    @Test
    void beginsAStartupOnceMainsLastsAndTheBatteryIsCharged() {
        FakePower power = down().charge(80).says("OL CHRG").until(1_000);

        assertThat(power.begun()).containsExactly("300 BeginStartup");
        assertThat(power.last()).contains("mains for 300 s; charge 80 % of 50 % needed");
    }

    /** R17: its declared runtime is 20 minutes; a shutdown and a minute in reserve are 75 % of that. */
    @Test
    void waitsForTheChargeOfOneMoreShutdown() {
        FakePower power = down().needing(840).charge(70).says("OL CHRG").until(1_000);
        assertThat(power.begun()).isEmpty();
        assertThat(power.last()).contains("charge 70 % of 75 % needed for one more shutdown of 840 s");

        assertThat(power.charge(75).until(1_001).begun()).containsExactly("1000 BeginStartup");
    }

    @Test
    void waitsForNoMoreThanABatteryCanGive() {
        assertThat(down().needing(9_000).charge(90).says("OL CHRG").until(400).begun())
                .containsExactly("300 BeginStartup");
    }

    @Test
    void countsWithWhatTheBatteryWasMeasuredToDeliver() {
        FakePower power = down().delivered(300, 600)
                .needing(420)
                .charge(79)
                .says("OL CHRG")
                .until(400);
        assertThat(power.begun()).isEmpty();

        assertThat(power.charge(80).begun()).containsExactly("400 BeginStartup");
    }

    @Test
    void waitsForTheChargeLongAfterTheHold() {
        FakePower power = down().charge(10).says("OL CHRG").until(2_000);
        assertThat(power.begun()).isEmpty();
        assertThat(power.last()).contains("300 Nothing: mains is back, the battery is not yet: charge 10 % of 50 %");

        assertThat(power.charge(49).until(2_100).begun()).isEmpty();
        assertThat(power.charge(50).begun()).containsExactly("2100 BeginStartup");
    }

    /** R17: an aged battery keeps no site dark for ever. */
    @Test
    void startsAfterItsLongestDarkTimeThoughTheBatteryDoesNotChargeAndRaisesAnAlarm() {
        FakePower power = down().charge(10).says("OL CHRG").until(44 * 60);
        assertThat(power.begun()).isEmpty();

        power.until(46 * 60);

        assertThat(power.begun()).containsExactly("2700 BeginStartup");
        assertThat(power.news())
                .anyMatch(line -> line.startsWith("2700 Alarm: a startup begins on a battery that may not carry"))
                .anyMatch(line -> line.endsWith("charge 10 % of 50 % needed, not waited for any longer than 2700 s"));
    }

    /** R17: mains that goes again in between counts from its next return. */
    @Test
    void countsTheLongestDarkTimeFromMainsThatLasts() {
        FakePower power =
                down().charge(10).says("OL CHRG").until(44 * 60).says("OB").until(44 * 60 + 5);

        power.says("OL CHRG").until(80 * 60);

        assertThat(power.begun()).isEmpty();
    }

    @Test
    void doublesTheHoldWhenTheChargeIsUnknownAndSaysSo() {
        FakePower power = down().says("OL").until(2_000);

        assertThat(power.begun()).containsExactly("600 BeginStartup");
        assertThat(power.last()).contains("charge unknown, so the hold is doubled to 600 s");
    }

    @Test
    void startsTheHoldAnewWhenMainsGoesAgain() {
        FakePower power = down().charge(90)
                .says("OL")
                .until(200)
                .says("OB")
                .until(201)
                .says("OL")
                .until(1_000);

        assertThat(power.begun()).containsExactly("501 BeginStartup");
    }

    @Test
    @Trap(15)
    void doesNotStartOnALowBatteryNorOnALatchedForcedShutdownNorWhenUnclearOrLost() {
        assertThat(down().charge(90).says("OL LB").until(2_000).begun()).isEmpty();
        assertThat(down().charge(90).says("FSD OL").until(2_000).begun()).isEmpty();
        assertThat(down().charge(90).says("OL OFF").until(2_000).begun()).isEmpty();
        assertThat(down().charge(90).says("").until(2_000).begun()).isEmpty();
        assertThat(down().charge(90)
                        .says("OL")
                        .until(100)
                        .lost(FakePower.A)
                        .until(2_000)
                        .begun())
                .isEmpty();
    }

    @Test
    void reportsNoSecondShutdownForTheSameOutageAndReArmsAfterTheReturn() {
        FakePower power = FakePower.onChange().charge(90).says("OB").until(70);
        assertThat(power.begun()).containsExactly("70 BeginShutdown");

        power.says("OL")
                .until(100)
                .says("OB LB")
                .until(103)
                .says("OB LB")
                .until(400)
                .says("OL")
                .until(700);
        assertThat(power.begun()).containsExactly("70 BeginShutdown", "700 BeginStartup");

        power.until(800).says("OB").until(900);
        assertThat(power.begun()).containsExactly("70 BeginShutdown", "700 BeginStartup", "870 BeginShutdown");
    }

    @Test
    void goesOnAfterARestartWithoutASecondShutdown() {
        FakePower power = down().kept("OB").until(500);
        assertThat(power.begun()).isEmpty();

        power.charge(60).says("OL").until(1_000);
        assertThat(power.begun()).containsExactly("800 BeginStartup");
    }

    @Test
    void callsOnlyOnceForAStartupThatIsNotDoneAndAtOnceWhenItMay() {
        FakePower power = down().charge(80).says("OL CHRG").until(300);
        power.site.withhold(Course.DOWN);
        assertThat(power.until(900).begun()).containsExactly("300 BeginStartup");

        power.note(power.site.reconsider(power.site.course(), power.nanos()));

        assertThat(power.begun()).containsExactly("300 BeginStartup", "900 BeginStartup");
    }

    private static FakePower down() {
        return FakePower.onChange(Course.DOWN);
    }
}
