package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A person puts a shutdown by power off, or has it begin at once. The hold is 60 s, and 10 s more for a single witness. */
final class DeferTest {
    private static FakePower onBattery() {
        FakePower power = FakePower.deferring().says("OB").charge(90);
        return power.until(5).says("OB").until(30);
    }

    @Test
    void beginsLaterByWhatThePolicyOffersAndSaysWhoPutItOff() {
        FakePower power = onBattery();

        assertThat(power.site.defer("ana", power.nanos())).isEmpty();
        power.until(600);

        assertThat(power.begun()).isEmpty();
        assertThat(power.news())
                .anyMatch(line -> line.contains("Holding: put off by ana, at most until the latest start"));
        assertThat(power.until(700).begun()).hasSize(1);
    }

    @Test
    void beginsAtItsLatestStartHoweverOftenItIsPutOff() {
        FakePower power = onBattery();
        for (int often = 0; often < 20; often++) {
            assertThat(power.site.defer("ana", power.nanos())).isEmpty();
        }

        power.until(1_300);

        // The declared runtime is 20 minutes, and a minute is kept.
        assertThat(power.begun()).hasSize(1);
        assertThat(Integer.parseInt(power.begun().get(0).split(" ", -1)[0])).isLessThanOrEqualTo(1_140);
    }

    @Test
    void beginsAtOnceWhenTheBatteryTurnsCriticalThoughItWasPutOff() {
        FakePower power = onBattery();
        assertThat(power.site.defer("ana", power.nanos())).isEmpty();

        power.until(100).says("OB LB").until(104).says("OB LB").until(120);

        assertThat(power.begun()).hasSize(1);
    }

    @Test
    void isForgottenWithItsOutage() {
        FakePower power = onBattery();
        assertThat(power.site.defer("ana", power.nanos())).isEmpty();
        power.until(40).says("OL").until(50).says("OB").until(55).says("OB").until(130);

        assertThat(power.begun()).hasSize(1);
    }

    @Test
    void beginsNowOnAPersonsWord() {
        FakePower power = onBattery();

        assertThat(power.site.beginNow("ana")).isEmpty();

        assertThat(power.until(32).begun()).containsExactly("31 BeginShutdown");
    }

    @Test
    void refusesWhereNothingIsOfferedOrNothingIsAmiss() {
        FakePower strict = FakePower.onChange().says("OB").until(5);
        assertThat(strict.site.defer("ana", strict.nanos()).orElse("")).contains("declares no defer");

        FakePower well = FakePower.deferring().says("OL").until(5);
        assertThat(well.site.defer("ana", well.nanos())).contains("there is no outage");
        assertThat(well.site.beginNow("ana")).contains("there is no outage");

        FakePower late = onBattery();
        assertThat(late.until(200).begun()).hasSize(1);
        assertThat(late.site.defer("ana", late.nanos())).contains("the shutdown has begun");
    }
}
