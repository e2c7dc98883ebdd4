package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** R11: what an outage sheds, and when; R2 for what begins it. Games go after 30 s, films after 60 s below 12 minutes. */
class SheddingTest {
    @Test
    void shedsAGroupAfterItsTimeAndAnotherOnceTheBatteryHasLessLeft() {
        FakePower power = tells(FakePower.shedding().says("OB").charge(90), 5, 200, 900);

        assertThat(shed(power)).hasSize(2);
        assertThat(shed(power).get(0)).startsWith("30 Shed: on battery for 30 s: games goes, the rest stays up");
        assertThat(shed(power).get(1)).startsWith("180 Shed: on battery for 180 s: films goes");
        assertThat(power.begun()).isEmpty();
        assertThat(power.site.course()).isEqualTo(Course.PARTLY_DOWN);
    }

    @Test
    void waitsForASecondWitnessAsAShutdownDoes() {
        FakePower power = FakePower.shedding().says("OB").until(39);
        assertThat(shed(power)).isEmpty();

        assertThat(shed(power.until(41))).singleElement().asString().startsWith("40 Shed");
    }

    @Test
    void shedsNothingWhenMainsIsBackInTime() {
        assertThat(shed(tells(FakePower.shedding().says("OB"), 5, 25, 900)
                        .says("OL")
                        .until(600)))
                .isEmpty();
    }

    @Test
    void startsTheSiteAgainOnceMainsLasts() {
        FakePower power = tells(FakePower.shedding().says("OB").charge(90), 5, 60, 900);

        assertThat(power.says("OL").until(360).begun()).containsExactly("360 BeginStartup");
        assertThat(power.site.course()).isEqualTo(Course.UP);
        assertThat(shed(tells(power.says("OB"), 365, 400, 900))).hasSize(2);
    }

    @Test
    void shedsAgainWhatWasNotDoneAndNothingThatWas() {
        FakePower power = tells(FakePower.shedding().says("OB").charge(90), 5, 60, 900);
        assertThat(shed(power)).hasSize(1);

        power.note(power.site.reconsider(Course.UP, power.nanos()));

        assertThat(shed(power)).hasSize(2);
    }

    @Test
    void shedsNothingMoreOnceTheWholeSiteGoes() {
        FakePower power =
                FakePower.shedding().says("OB LB").until(3).says("OB LB").until(300);

        assertThat(power.begun()).hasSize(1);
        assertThat(shed(power)).isEmpty();
    }

    /** Says its runtime every 5 s, which was {@code full} at second 0. */
    private static FakePower tells(FakePower power, int from, int to, int full) {
        for (int second = from; second <= to; second += 5) {
            power.until(second).says("OB").runtime(full - second);
        }
        return power;
    }

    private static List<String> shed(FakePower power) {
        return power.news().stream().filter(news -> news.contains(" Shed: ")).toList();
    }
}
