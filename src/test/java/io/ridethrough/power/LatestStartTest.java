package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** R11: a shutdown begins early enough to end before the battery does; what is waited for is told in a line. */
class LatestStartTest {
    private static final ZonedDateTime CLOCK = ZonedDateTime.parse("2026-11-23T23:20:07+01:00[Europe/Berlin]");

    @Test
    void beginsBeforeTheHoldIsOverWhenTheBatteryAllowsNoLaterStart() {
        FakePower power = needing(500).says("OL");
        power.until(100).says("OB");
        for (int second = 105; second <= 160; second += 5) {
            power.until(second).says("OB").runtime(700 - second);
        }

        // empty at 700 s by its word, less 500 s and a minute in reserve; the hold would be over at 160 s
        assertThat(power.begunHow()).containsExactly("140 BeginShutdown LATEST_START");
        assertThat(power.last())
                .contains(
                        "attic/ups-a lasts 560 s more (as it tells), and a shutdown takes 500 s with 60 s in reserve");
    }

    @Test
    void waitsTheSingleWitnessDelayAndForThreeWordsEvenIfItIsTooLateAlready() {
        FakePower power = needing(5_000).says("OB").runtime(600);

        power.until(3).says("OB").runtime(597).until(9).says("OB").runtime(591);
        assertThat(power.begun()).isEmpty();
        assertThat(power.until(60).begunHow()).containsExactly("10 BeginShutdown LATEST_START");
    }

    @Test
    void turnsBackWithinTheDelayThoughItWouldBeTooLateByForecast() {
        FakePower power = needing(5_000)
                .says("OB")
                .runtime(600)
                .until(3)
                .runtime(597)
                .until(6)
                .runtime(594);

        assertThat(power.until(8).says("OL").until(500).begun()).isEmpty();
    }

    /** Pitfall 11: one absurd word among sound ones, and words that mean nothing, hurry nobody. */
    @Test
    void isNotHurriedByARuntimeThatJumpsNorByOneThatIsMissing() {
        FakePower jumping = needing(100).says("OB").runtime(1_200);
        for (int second = 5; second < 60; second += 5) {
            jumping.until(second).says("OB").runtime(second % 15 == 0 ? 5 : 1_200 - second);
        }
        assertThat(jumping.until(70).begunHow()).containsExactly("60 BeginShutdown HOLD_OVER");

        FakePower silent = needing(100_000).says("OB").until(5).says("OB");
        assertThat(silent.until(70).begunHow()).containsExactly("60 BeginShutdown HOLD_OVER");
    }

    /** R8: the battery of a feed that can be spared is no reason. */
    @Test
    void looksAtTheFeedThatAnAssetCannotSpare() {
        FakePower power = FakePower.dual(1);
        power.site.expect(Duration.ofSeconds(500));
        power.says(FakePower.A, "OL").says(FakePower.B, "OL").until(10).says(FakePower.A, "OB");
        for (int second = 12; second < 300; second += 4) {
            power.until(second).runtime(100);
        }

        assertThat(power.begun()).isEmpty();
    }

    @Test
    void tellsInALineHowFarAnOutageIsAndWhy() {
        FakePower power = needing(700).says("OL").until(100).says("OB").saysVia("nut", "OB");
        power.until(114);

        assertThat(power.site.report(power.nanos(), CLOCK))
                .isEqualTo("on battery 14 s of 60 s hold; 2 witnesses; latest start 23:27:13 because attic/ups-a lasts"
                        + " 1186 s more (by its declared runtime), and a shutdown takes 700 s with 60 s in reserve;"
                        + " on battery, waiting whether it lasts: attic/ups-a said OB; attic/node has 0 of 1 supplies"
                        + " it needs");
    }

    @Test
    void tellsASingleWitnessAndTheLongerHoldThatItCosts() {
        FakePower power = needing(700).says("OB").until(14);

        assertThat(power.site.report(power.nanos(), CLOCK)).startsWith("on battery 14 s of 70 s hold; 1 witness; ");
        assertThat(power.says("OB").site.report(power.nanos(), CLOCK))
                .startsWith("on battery 14 s of 60 s hold; 1 witness, twice; ");
    }

    @Test
    void tellsHowFarTheReturnIs() {
        FakePower power = FakePower.onChange(Course.DOWN).says("OL").charge(40).until(120);

        assertThat(power.site.report(power.nanos(), CLOCK))
                .isEqualTo("on mains 120 s of 300 s hold; mains is back, waiting whether it stays;"
                        + " charge 40 % of 50 % needed");
    }

    @Test
    void saysNothingOfAHoldWhileAllIsWell() {
        FakePower power = FakePower.onChange().says("OL").until(50);

        assertThat(power.site.report(power.nanos(), CLOCK)).isEqualTo("no outage was seen");
    }

    private static FakePower needing(int seconds) {
        FakePower power = FakePower.onChange();
        power.site.expect(Duration.ofSeconds(seconds));
        return power;
    }
}
