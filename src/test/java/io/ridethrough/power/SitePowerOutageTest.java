package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.traps.Trap;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SitePowerOutageTest {
    @Test
    void ignoresAFlapAndSaysWhy() {
        FakePower power = FakePower.onChange()
                .says("OL")
                .says("OB DISCHRG")
                .until(2)
                .says("OL CHRG")
                .until(500);

        assertThat(power.begun()).isEmpty();
        assertThat(power.last()).isEqualTo("2 Nothing: on battery for 2 s of 60 s hold; mains is back");
    }

    @Test
    void beginsAShutdownOnceTheOutageOutlastsItsHold() {
        FakePower power = FakePower.periodic().says("OL").until(5).says("OB").repeats("OB DISCHRG", 600);

        assertThat(power.begun()).containsExactly("65 BeginShutdown");
        assertThat(power.last())
                .isEqualTo("65 BeginShutdown: on battery for 60 s, longer than the hold of 60 s: "
                        + "attic/ups-a said DISCHRG OB; attic/node has 0 of 1 supplies it needs");
    }

    @Test
    void waitsLongerWhenOneSampleOfOneSourceIsAllThatIsHeard() {
        assertThat(FakePower.onChange().says("OB").until(600).begun()).containsExactly("70 BeginShutdown");
        assertThat(FakePower.onChange()
                        .says("OB")
                        .saysVia("nut", "OB")
                        .until(600)
                        .begun())
                .containsExactly("60 BeginShutdown");
    }

    @Test
    void startsTheHoldAnewAfterEveryFlap() {
        FakePower power = FakePower.onChange();
        for (int second = 0; second < 500; second += 50) {
            power.until(second).says("OB").until(second + 40).says("OL");
        }

        assertThat(power.until(600).begun()).isEmpty();
    }

    @Test
    void tellsTheTimeLeft() {
        FakePower power = FakePower.onChange().says("OB").until(20);

        assertThat(power.site.standing()).isInstanceOfSatisfying(Decision.Holding.class, h -> assertThat(h.left())
                .isEqualTo(Duration.ofSeconds(50)));
        assertThat(power.news()).hasSize(1);
    }

    @Test
    void skipsTheHoldForTwoLowSamplesButWaitsForAWitness() {
        FakePower power =
                FakePower.onChange().says("OB LB").until(2).says("OB LB").until(600);

        assertThat(power.begun()).containsExactly("10 BeginShutdown");
        assertThat(power.last()).contains("critical after 10 s");
    }

    @Test
    void takesRepeatsWithinTwoSecondsAsOneSample() {
        FakePower power = FakePower.onChange()
                .says("OB LB")
                .says("OB LB")
                .until(1)
                .says("OB LB")
                .until(50);

        assertThat(power.begun()).isEmpty();
        assertThat(power.until(100).begun()).containsExactly("70 BeginShutdown");
    }

    @Test
    void forgetsALowSampleThatIsContradicted() {
        FakePower power =
                FakePower.periodic().says("OB LB").until(3).says("OB").until(6).says("OB LB");

        assertThat(power.repeats("OB", 50).begun()).isEmpty();
        assertThat(power.repeats("OB", 80).begun()).containsExactly("60 BeginShutdown");
    }

    @Test
    void needsNoDelayForTwoWitnesses() {
        FakePower power = FakePower.onChange()
                .says("OB LB")
                .saysVia("nut", "OB LB")
                .until(2)
                .says("OB LB");

        assertThat(power.begun()).containsExactly("2 BeginShutdown");
    }

    @Test
    void shortensTheDelayToTheRuntimeLeftBesidesTheForecast() {
        FakePower power = FakePower.onChange();
        power.site.expect(Duration.ofSeconds(60));

        power.says("OB LB").runtime(64).until(2).says("OB LB").until(600);

        assertThat(power.begun()).containsExactly("4 BeginShutdown");
    }

    @Test
    void takesALiveForcedShutdownOnBatteryAsCritical() {
        assertThat(FakePower.onChange()
                        .says("OL")
                        .until(5)
                        .says("FSD OB")
                        .until(600)
                        .begun())
                .containsExactly("15 BeginShutdown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FSD OL", "OL LB", "LB OL CHRG", "OL OB", "", "WAIT", "OB CAL", "OL OFF", "OL BYPASS"})
    void raisesOneAlarmAndTriggersNothing(String status) {
        FakePower power = FakePower.periodic().says("OL").until(1).says(status).repeats(status, 600);

        assertThat(power.begun()).isEmpty();
        assertThat(power.alarms()).hasSize(1);
    }

    @Test
    @Trap(15)
    void triggersNothingForALatchedForcedShutdownAtOurStart() {
        FakePower power =
                FakePower.onChange().kept("FSD OL").until(2).says("FSD OL LB").until(600);

        assertThat(power.begun()).isEmpty();
        assertThat(power.alarms()).singleElement().asString().contains("restart upsd");
    }

    @Test
    void actsOnAKeptLevelAtTheEndOfAHoldThatRunsFromNow() {
        assertThat(FakePower.onChange().until(100).kept("OB").until(600).begun())
                .containsExactly("170 BeginShutdown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OB LB", "FSD OB"})
    @Trap(7)
    void takesNoKeptMessageAsASampleOfACriticalBattery(String status) {
        FakePower power =
                FakePower.onChange().kept(status).until(3).kept(status).until(6).kept(status);

        assertThat(power.until(69).begun()).isEmpty();
        assertThat(power.until(70).begun()).containsExactly("70 BeginShutdown");
    }

    @Test
    @Trap(7)
    void dropsAKeptLevelThatIsContradicted() {
        assertThat(FakePower.onChange()
                        .kept("OB")
                        .until(30)
                        .says("OL")
                        .until(600)
                        .begun())
                .isEmpty();
    }

    @Test
    void putsOffWhatIsDueWhileTheStatusIsUnclear() {
        FakePower power =
                FakePower.onChange().says("OB").until(5).says("OB").until(58).says("OL OB");

        assertThat(power.until(72).begun()).isEmpty();
        assertThat(power.until(100).begun()).containsExactly("73 BeginShutdown");
        assertThat(FakePower.onChange()
                        .says("OB")
                        .until(58)
                        .says("OL OB")
                        .until(70)
                        .says("OL")
                        .until(500)
                        .begun())
                .isEmpty();
    }

    @Test
    void isNotBotheredByOtherMessages() {
        FakePower power = FakePower.onChange()
                .says("OL")
                .says(new Parsed.Ignored("x"))
                .says(new Parsed.Rejected("x"))
                .charge(80)
                .until(100);

        assertThat(power.news()).isEmpty();
        assertThat(power.site.reading(FakePower.A).charge()).hasValue(80);
        assertThat(power.site.reading(FakePower.A).runtime()).isEqualTo(Optional.empty());
    }

    @Test
    void reportsAShutdownAgainOnlyWhenAskedToDecideAnew() {
        FakePower power = FakePower.periodic().says("OB").repeats("OB", 100);
        assertThat(power.begun()).hasSize(1);

        power.note(power.site.reconsider(Course.UP, power.nanos())).repeats("OB", 300);

        assertThat(power.begun()).containsExactly("60 BeginShutdown", "100 BeginShutdown");
    }

    @Test
    void callsOnlyOnceForWhatIsNotDone() {
        FakePower power = FakePower.periodic().says("OB").repeats("OB", 70);
        power.site.withhold(Course.UP);

        assertThat(power.repeats("OB", 600).begun()).containsExactly("60 BeginShutdown");
        assertThat(power.says("OL").last()).contains("600 Nothing: on battery for 600 s of 60 s hold; mains is back");
        assertThat(power.until(700).says("OB").repeats("OB", 800).begun())
                .containsExactly("60 BeginShutdown", "760 BeginShutdown");
    }

    @Test
    void actsAtOnceOnAnOutageThatLastedLongBeforeItWasAskedTo() {
        FakePower power = FakePower.periodic().says("OB").repeats("OB", 70);
        power.site.withhold(Course.UP);
        power.repeats("OB", 600).note(power.site.reconsider(power.site.course(), power.nanos()));

        assertThat(power.begun()).containsExactly("60 BeginShutdown", "600 BeginShutdown");
        assertThat(power.last()).contains("on battery for 600 s, longer than the hold of 60 s");
    }

    /** R1, R9: an outage is a level that outlives the process that saw it begin. */
    @Test
    void countsAnOutageFromItsBeginningThoughAnotherProcessSawIt() {
        FakePower power = FakePower.onChange().remembersAnOutage(50).kept("OB").until(600);

        assertThat(power.begun()).containsExactly("20 BeginShutdown");
    }

    @Test
    void forgetsAnOutageThatEndedWhileNobodyListened() {
        FakePower power = FakePower.onChange()
                .remembersAnOutage(50)
                .kept("OL")
                .until(5)
                .says("OB")
                .until(600);

        assertThat(power.begun()).containsExactly("75 BeginShutdown");
    }

    @Test
    void beginsNothingForARememberedOutageOfWhichNothingIsHeard() {
        assertThat(FakePower.onChange().remembersAnOutage(50).until(600).begun())
                .isEmpty();
    }
}
