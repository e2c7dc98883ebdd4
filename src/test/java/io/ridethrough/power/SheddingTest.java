package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import java.util.List;
import java.util.Set;
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
    void startsAloneWhatWasShedAloneAndTheSiteOnceThatWentDown() {
        FakePower power = tells(FakePower.shedding().says("OB").charge(90), 5, 60, 900);
        assertThat(startup(power.says("OL").until(360))).containsExactly(AssetId.parse("attic/games"));

        power.says("OB").until(400).says("OB LB").until(403).says("OB LB").until(420);
        assertThat(power.begun()).hasSize(2);

        assertThat(startup(power.says("OL CHRG").until(800))).isEmpty();
    }

    @Test
    void startsAloneWhatAnEarlierProcessShed() {
        FakePower power = FakePower.onChange(Course.PARTLY_DOWN).charge(90);
        power.site.shedBefore(Set.of(AssetId.parse("attic/games")));

        assertThat(startup(power.says("OL").until(360))).containsExactly(AssetId.parse("attic/games"));
    }

    @Test
    void shedsNothingThatIsDownAlready() {
        FakePower power = FakePower.shedding();
        power.site.leaves(asset -> asset.name().equals("games"));

        assertThat(shed(tells(power.says("OB").charge(90), 5, 170, 900))).isEmpty();
        assertThat(power.site.course()).isEqualTo(Course.UP);
        assertThat(shed(tells(power, 175, 185, 900))).singleElement().asString().contains(": films goes");
    }

    /** R2: on mains with a low battery nothing is on battery any more, and the next outage waits out its own hold. */
    @Test
    void endsTheOutageWithTheLastWordOfBatteryThoughMainsIsNotYetTrusted() {
        FakePower power = tells(FakePower.shedding().says("OB").charge(90), 5, 60, 900);

        power.says("OL LB").until(1_300);
        assertThat(shed(power)).hasSize(1);
        assertThat(power.says("OB").until(1_350).begun()).isEmpty();
    }

    private static Set<AssetId> startup(FakePower power) {
        return power.decisions().stream()
                .filter(Decision.BeginStartup.class::isInstance)
                .map(decision -> ((Decision.BeginStartup) decision).guests())
                .reduce((first, last) -> last)
                .orElseThrow();
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
