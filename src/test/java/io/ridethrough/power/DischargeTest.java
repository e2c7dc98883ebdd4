package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R11: what a battery told is compared with what it delivered, and it is taken at that. Its declared runtime is 20 minutes. */
class DischargeTest {
    private static final ZonedDateTime CLOCK = ZonedDateTime.parse("2026-11-23T23:20:07+01:00[Europe/Berlin]");

    @Test
    void measuresADischargeThatEndsWhileTheSiteIsUp() {
        FakePower power = tells(FakePower.byBattery().says("OB").charge(90), 5, 270, 1_000, 2);

        power.says("OL");

        assertThat(measured(power))
                .containsExactly(
                        "270 Discharged: attic/ups-a was on battery for 255 s while what it told fell by 505 s: 50 % of its word");
        tells(power.says("OB"), 275, 290, 1_000, 0);
        assertThat(power.site.report(power.nanos(), CLOCK))
                .contains("attic/ups-a lasts 4", " more (as it tells, at the 50 % that it was measured to deliver)");
    }

    @Test
    void measuresABatteryThatCallsItselfLowLongBeforeItsTime() {
        FakePower power = tells(FakePower.onChange().says("OB"), 5, 240, 1_200, 1);

        power.says("OB LB").runtime(100).until(243).says("OB LB").runtime(97);

        assertThat(power.begunHow()).first().asString().endsWith("HOLD_OVER");
        // it told 1,185 s at second 15, and 100 s at second 240
        assertThat(measured(power))
                .containsExactly(
                        "243 Discharged: attic/ups-a was on battery for 225 s while what it told fell by 1085 s: 21 % of its word");
    }

    /** R2: one word of a low battery measures nothing; nor does it shorten the outage that it is told in. */
    @Test
    void believesNoSingleWordOfALowBattery() {
        FakePower power = tells(FakePower.byBattery().says("OB").charge(90), 5, 70, 1_000, 1);

        power.says("OB LB").runtime(10).says("OB").runtime(930);
        assertThat(tells(power, 75, 120, 1_000, 1).begun()).isEmpty();

        assertThat(measured(power.says("OL"))).isEmpty();
    }

    @Test
    void tellsNothingOfADischargeThatWasTooShortToMeasure() {
        FakePower power = tells(FakePower.byBattery().says("OB").charge(90), 5, 120, 1_000, 2)
                .says("OL");

        assertThat(measured(power)).isEmpty();
    }

    /** What tells the same whatever happens is no proof that a battery carries the site to its end. */
    @Test
    void measuresNothingWhereTheRuntimeDoesNotFall() {
        FakePower power = tells(FakePower.byBattery().says("OB").charge(90), 5, 400, 1_000, 0)
                .says("OL");

        assertThat(measured(power)).isEmpty();
    }

    @Test
    void measuresOnlyWhileTheLoadIsAsItWas() {
        FakePower power = tells(FakePower.onChange().says("OB"), 5, 240, 600, 1);
        assertThat(power.begun()).hasSize(1);

        tells(power, 245, 500, 5_000, 3).says("OL").until(900);

        assertThat(measured(power)).isEmpty();
    }

    @Test
    void beginsEarlierWithABatteryThatDeliversHalfOfItsWord() {
        FakePower sound = tells(FakePower.onChange().needing(200).says("OB"), 5, 70, 560, 1);
        FakePower tired =
                tells(FakePower.onChange().delivered(300, 600).needing(200).says("OB"), 5, 70, 560, 1);

        assertThat(sound.begunHow()).containsExactly("60 BeginShutdown HOLD_OVER");
        // half of 560 s, less 200 s and a minute in reserve
        assertThat(tired.begunHow()).first().asString().matches("[12]\\d BeginShutdown LATEST_START");
        assertThat(tired.last()).contains("at the 50 % that it was measured to deliver");
    }

    @Test
    void takesTheMiddleOfTheLastThreeAndTheWorseOfTwo() {
        Discharge whole = new Discharge(FakePower.A, seconds(300), seconds(250));
        Discharge half = new Discharge(FakePower.A, seconds(300), seconds(600));
        Discharge broken = new Discharge(FakePower.A, seconds(10), seconds(1_000));

        assertThat(Discharge.delivered(List.of())).isEqualTo(1);
        assertThat(Discharge.delivered(List.of(whole, half))).isEqualTo(0.5);
        assertThat(Discharge.delivered(List.of(broken, whole, half))).isEqualTo(0.5);
        assertThat(Discharge.delivered(List.of(half, broken, whole, whole))).isEqualTo(1);
        assertThat(Discharge.delivered(List.of(broken))).isEqualTo(0.2);
    }

    @Test
    void staysToTheLatestStartOnlyOnceADischargeWasMeasured() {
        FakePower unmeasured =
                tells(FakePower.justInTime().needing(200).says("OB").charge(90), 5, 700, 1_000, 1);
        FakePower measured = tells(
                FakePower.justInTime()
                        .delivered(300, 300)
                        .needing(200)
                        .says("OB")
                        .charge(90),
                5,
                800,
                1_000,
                1);

        assertThat(unmeasured.news()).anyMatch(news -> news.contains("once a discharge was measured"));
        assertThat(unmeasured.begunHow()).hasSize(1).first().asString().contains(" BeginShutdown HOLD_OVER");
        assertThat(unmeasured.begun()).first().asString().matches("53\\d BeginShutdown");
        // empty at 1,000 s, less 200 s and a minute in reserve
        assertThat(measured.begunHow()).containsExactly("740 BeginShutdown LATEST_START");
    }

    @Test
    void tellsHowLongAnOutageIsWaitedOutByEachPolicy() {
        Duration left = Duration.ofMinutes(10);

        assertThat(FakePower.onChange().site.waits(left)).isEqualTo(Duration.ofSeconds(60));
        assertThat(FakePower.byBattery().site.waits(left)).isEqualTo(Duration.ofMinutes(5));
        assertThat(FakePower.justInTime().site.waits(left)).isEqualTo(Duration.ofMinutes(5));
        assertThat(FakePower.justInTime().delivered(300, 300).site.waits(left)).isEqualTo(left);
        assertThat(FakePower.byBattery().site.waits(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void doesNotStayUpOnABatteryThatTellsNothingWhateverWasMeasured() {
        FakePower power = FakePower.justInTime().delivered(300, 300).says("OB").until(75);

        assertThat(power.begun()).containsExactly("70 BeginShutdown");
    }

    /** Says its runtime every 5 s, which was {@code full} at second 0 and falls by {@code rate} a second. */
    private static FakePower tells(FakePower power, int from, int to, int full, int rate) {
        for (int second = from; second <= to; second += 5) {
            power.until(second).says("OB").runtime(full - rate * second);
        }
        return power;
    }

    private static List<String> measured(FakePower power) {
        return power.news().stream()
                .filter(news -> news.contains(" Discharged: "))
                .toList();
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
