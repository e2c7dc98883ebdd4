package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SitePowerLossTest {
    @Test
    void takesSilenceOfAPeriodicSourceOnBatteryAsCritical() {
        FakePower power = FakePower.periodic().says("OL").until(5).says("OB").until(600);

        assertThat(power.begun()).containsExactly("20 BeginShutdown");
        assertThat(power.last()).contains("critical").contains("then was lost (silent for 15 s)");
    }

    @Test
    void takesSilenceOfAPeriodicSourceOnMainsAsAnAlarm() {
        FakePower power = FakePower.periodic().says("OL").until(600);

        assertThat(power.begun()).isEmpty();
        assertThat(power.alarms()).containsExactly("15 Alarm: communication with attic/ups-a is lost: it fell silent");
    }

    @Test
    void raisesTheAlarmAgainAfterTheSourceWasBack() {
        FakePower power = FakePower.periodic().says("OL").until(30).says("OL").until(60);

        assertThat(power.alarms()).hasSize(2);
    }

    @Test
    void saysWhenNothingWasHeardSinceTheStart() {
        assertThat(FakePower.periodic().until(600).alarms())
                .singleElement()
                .asString()
                .contains("nothing clear was heard of attic/ups-a since the start");
    }

    @Test
    void takesNoSilenceOfASourceThatPublishesOnChangeAsLoss() {
        FakePower power = FakePower.onChange().says("OL").until(100_000);

        assertThat(power.news()).isEmpty();
    }

    @Test
    void toleratesSilenceUpToThreePeriods() {
        FakePower power = FakePower.periodic()
                .says("OB")
                .until(14)
                .says("OB")
                .until(28)
                .says("OB")
                .until(42);

        assertThat(power.begun()).isEmpty();
        assertThat(power.alarms()).isEmpty();
    }

    @Test
    void waitsTheDeadTimeWhenTheBridgeSaysThatItLostTheUps() {
        assertThat(FakePower.onChange()
                        .says("OB")
                        .until(5)
                        .lost(FakePower.A)
                        .until(600)
                        .begun())
                .containsExactly("20 BeginShutdown");
        assertThat(FakePower.onChange()
                        .says("OL")
                        .until(5)
                        .lost(FakePower.A)
                        .until(600)
                        .begun())
                .isEmpty();
    }

    @Test
    void forgetsTheLossWhenTheUpsSpeaksAgain() {
        FakePower power = FakePower.onChange()
                .says("OB")
                .until(5)
                .lost(FakePower.A)
                .until(19)
                .says("OL")
                .until(600);

        assertThat(power.begun()).isEmpty();
    }

    @Test
    void startsTheDeadTimeWhenTheBrokerGoesAndEndsItWhenItIsBack() {
        assertThat(FakePower.onChange()
                        .says("OB")
                        .until(5)
                        .brokerLost()
                        .until(600)
                        .begun())
                .containsExactly("20 BeginShutdown");

        FakePower back =
                FakePower.onChange().says("OB").until(5).brokerLost().until(15).brokerBack();
        assertThat(back.until(600).begun()).containsExactly("70 BeginShutdown");
    }

    @Test
    void takesALostBrokerOnMainsAsAnAlarmOnly() {
        FakePower power =
                FakePower.onChange().says("OL").until(5).brokerLost().until(600).brokerBack();

        assertThat(power.begun()).isEmpty();
        assertThat(power.alarms()).hasSize(1);
        assertThat(power.site.state(FakePower.A)).isEqualTo(new UpsState.Online());
    }

    @Test
    void endsNoLossThatTheBridgeReportedWhenTheBrokerIsBack() {
        FakePower power = FakePower.onChange()
                .says("OB")
                .lost(FakePower.A)
                .brokerLost()
                .until(3)
                .brokerBack();

        assertThat(power.until(100).begun()).containsExactly("15 BeginShutdown");
    }

    @Test
    void doesNotHastenForALossAfterAKeptLevelOnly() {
        assertThat(FakePower.onChange().kept("OB").lost(FakePower.A).until(600).begun())
                .containsExactly("70 BeginShutdown");
    }

    @Test
    void countsAUpsLostOnMainsAsOutWhenAnotherIsOnBattery() {
        FakePower power = FakePower.dual(1).says(FakePower.A, "OL").says(FakePower.B, "OL");

        power.until(5).lost(FakePower.B).until(8).says(FakePower.A, "OB").until(600);

        assertThat(power.begun()).containsExactly("78 BeginShutdown");
    }
}
