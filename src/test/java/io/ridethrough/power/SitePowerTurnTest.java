package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** R13, R14: mains is back in the middle of a shutdown. */
class SitePowerTurnTest {
    @Test
    void saysSoAtOnceAndUntilTheShutdownIsCalledOff() {
        FakePower power = goingDown();
        assertThat(turns(power)).isFalse();

        power.says("OL");
        assertThat(turns(power)).isTrue();
        assertThat(turns(power.until(90))).isTrue();

        turned(power);
        assertThat(turns(power)).isFalse();
        assertThat(power.last()).isEqualTo("90 TurnedAround: back");
    }

    @Test
    void believesNoMainsThatABrokerHadKept() {
        FakePower power = goingDown().kept("OL");

        assertThat(turns(power)).isFalse();
        assertThat(turns(power.says("OL"))).isTrue();
    }

    @Test
    void startsWhatWentDownOnceMainsLasts() {
        FakePower power = turned(goingDown().charge(90).says("OL"));

        assertThat(power.until(1_000).begun()).containsExactly("70 BeginShutdown", "371 BeginStartup");
    }

    @Test
    void beginsAShutdownAnewWhenMainsGoesAgainAndTurnsRoundAnew() {
        FakePower power = turned(goingDown().charge(90).says("OL")).until(100).says("OB");

        assertThat(power.until(180).begun()).containsExactly("70 BeginShutdown", "170 BeginShutdown");
        assertThat(turned(power.says("OL")).until(600).begun())
                .containsExactly("70 BeginShutdown", "170 BeginShutdown", "480 BeginStartup");
    }

    @Test
    void lastsThroughASecondOutageThatIsTooShortForAShutdown() {
        FakePower power = turned(goingDown().charge(90).says("OL"))
                .until(100)
                .says("OB")
                .until(130)
                .says("OL");

        assertThat(power.until(600).begun()).containsExactly("70 BeginShutdown", "430 BeginStartup");
    }

    @Test
    void waitsForNothingMoreWhereTheSiteWasSentUpMeanwhile() {
        FakePower power = goingDown().charge(90).says("OL").until(400);

        assertThat(power.site.turned("late")).isEmpty();
        assertThat(power.site.course()).isEqualTo(Course.UP);
    }

    @Test
    void finishesWhatHasBegunWhereThePolicySaysSo() {
        FakePower power = FakePower.finishing().says("OB").until(70).says("OL").until(80);

        assertThat(turns(power)).isFalse();
    }

    private static FakePower goingDown() {
        FakePower power = FakePower.onChange().says("OB").until(71);
        assertThat(power.begun()).containsExactly("70 BeginShutdown");
        return power;
    }

    private static boolean turns(FakePower power) {
        return power.site.turnsAround(power.nanos()).isPresent();
    }

    private static FakePower turned(FakePower power) {
        return power.note(power.site.turned("back").stream().toList());
    }
}
