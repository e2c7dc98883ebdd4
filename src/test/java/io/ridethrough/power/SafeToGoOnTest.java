package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When what an earlier process left may start or move load again, by power (R6, R17, R31). */
class SafeToGoOnTest {
    @Test
    void isNotBeforeAnythingWasHeard() {
        FakePower power = FakePower.onChange().until(10_000);

        assertThat(power.site.notSafe(power.nanos()).orElse("")).contains("nothing was heard");
    }

    /** R6: what the broker had kept is believed at the end of the hold, a live word at once. */
    @Test
    void takesWhatABrokerHadKeptForSafeOnlyAfterTheHold() {
        FakePower power = FakePower.onChange().charge(90).kept("OL").until(30);
        assertThat(power.site.notSafe(power.nanos()).orElse("")).contains("what its broker had kept", "30 s of 60 s");

        assertThat(power.says("OL").site.notSafe(power.nanos())).isEmpty();
        FakePower patient = FakePower.onChange().charge(90).kept("OL").until(60);
        assertThat(patient.site.notSafe(patient.nanos())).isEmpty();
    }

    /** R17: an aged battery keeps nothing dark for ever. */
    @Test
    void waitsForTheChargeButNotForEver() {
        FakePower power = FakePower.onChange().charge(10).says("OL").until(44 * 60);
        assertThat(power.site.notSafe(power.nanos()).orElse("")).contains("charged to 10 % of 50 %");

        power.until(45 * 60);
        assertThat(power.site.notSafe(power.nanos())).isEmpty();
    }
}
