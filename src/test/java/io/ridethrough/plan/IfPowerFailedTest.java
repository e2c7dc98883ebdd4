package io.ridethrough.plan;

import static io.ridethrough.plan.Plans.byPower;
import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.plan.IfPowerFailed.Early;
import io.ridethrough.plan.IfPowerFailed.Going;
import io.ridethrough.plan.IfPowerFailed.Shed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would happen if power failed now (R11, R41): a node of 40 s, on it a guest of 30 s, a slow one of 300 s. */
class IfPowerFailedTest {
    private static final Duration HOLD = Duration.ofSeconds(60);
    private static final Duration RESERVE = Duration.ofSeconds(60);

    /** One group that goes before the hold is over, another that the shutdown overtakes. */
    private static final List<Early> EARLY = List.of(
            new Early("gone", List.of(AssetId.parse("attic/lamp")), Duration.ofSeconds(30)),
            new Early("overtaken", List.of(AssetId.parse("attic/quick")), Duration.ofSeconds(90)));

    private final Contracts contracts = contracts();

    @Test
    void tellsWhatGoesWhenAfterTheHoldAndThatNothingIsLost() {
        IfPowerFailed failed = failed(Experience.none(), 1_200);

        assertThat(failed.begins()).isEqualTo(HOLD);
        assertThat(failed.goes())
                .extracting(going -> going.asset().name() + " " + going.begin().toSeconds() + "-"
                        + going.end().toSeconds())
                .containsExactly(
                        "quick 60-90",
                        "slow 60-360",
                        "metal 360-" + failed.ends().toSeconds());
        assertThat(failed.lost()).isEmpty();
        assertThat(failed.shed()).isEmpty();
    }

    @Test
    void tellsWhatIsShedBeforeTheShutdownBeginsAndNotWhatThatOvertakes() {
        IfPowerFailed failed = failed(Experience.none(), 1_200);

        assertThat(failed.early()).extracting(Early::group).containsExactly("gone");
        assertThat(failed.goes()).extracting(going -> going.asset().name()).contains("quick");
    }

    @Test
    void beginsBeforeTheHoldIsOverWhereTheBatteryWantsThat() {
        IfPowerFailed failed = failed(Experience.none(), 440);

        assertThat(failed.begins()).isLessThan(HOLD);
        assertThat(failed.ends()).isEqualTo(Duration.ofSeconds(440).minus(RESERVE));
        assertThat(failed.lost()).isEmpty();
    }

    @Test
    void namesWhatIsLostAndTheGuestThatHelpsMostWhenShed() {
        IfPowerFailed failed = failed(Experience.none(), 200);

        assertThat(failed.begins()).isZero();
        assertThat(failed.lost()).containsExactly(id("slow"), id("metal"));
        assertThat(failed.shed()).containsExactly(new Shed(id("slow"), Duration.ofSeconds(270)));
    }

    @Test
    void shedsNothingThatDoesNotHelp() {
        IfPowerFailed failed = failed(Experience.none(), 10);

        assertThat(failed.lost()).containsExactly(id("quick"), id("slow"), id("metal"));
        assertThat(failed.shed()).extracting(Shed::asset).containsExactly(id("slow"), id("quick"));
    }

    @Test
    void goesByWhatEarlierRunsTook() {
        Experience experience = new Experience(Map.of(
                new Experience.Did(id("quick"), Verb.SHUT_DOWN),
                List.of(Duration.ofSeconds(500), Duration.ofSeconds(20))));

        Going quick = failed(experience, 3_000).goes().stream()
                .filter(going -> going.asset().equals(id("quick")))
                .findFirst()
                .orElseThrow();

        assertThat(quick.end()).isEqualTo(HOLD.plusSeconds(500));
        assertThat(quick.samples()).isEqualTo(2);
    }

    private IfPowerFailed failed(Experience experience, int battery) {
        Plan plan = Planner.forecast(byPower(contracts, "attic", Phase.SHUTDOWN), contracts, experience);
        return IfPowerFailed.of(plan, contracts, experience, EARLY, HOLD, Duration.ofSeconds(battery), RESERVE);
    }

    private static AssetId id(String name) {
        return AssetId.parse("attic/" + name);
    }

    private static Contracts contracts() {
        FakeContracts site = new FakeContracts();
        site.node("attic/metal").takes(40, 60);
        site.guest("attic/quick", "attic/metal").takes(30, 30);
        site.guest("attic/slow", "attic/metal").takes(300, 30);
        return site.build();
    }
}
