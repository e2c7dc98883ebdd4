package io.ridethrough.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * R13, R14, R36: mains turn at every step boundary of the shutdown and of the startup of each shipped site, on the
 * product's own routes.
 */
final class MainsAtEveryStepTest extends OnTheRoutes {
    private static final Duration OUTAGE = Duration.ofMinutes(2);
    private static final Duration BACK = Duration.ofMinutes(20);
    /** A shutdown or a startup of the larger site, with the hold before it. */
    private static final Duration ENOUGH = Duration.ofMinutes(25);

    /** Until a tick has judged what was heard. */
    private static final Duration HEARD = Duration.ofSeconds(4);

    @ParameterizedTest
    @ValueSource(strings = {"home", "shop"})
    void nothingStaysOffWheneverMainsReturnInAShutdown(String site) throws Exception {
        Contracts contracts = ShippedSite.of(site);
        Set<Duration> boundaries = new MainsStory(contracts, Set.of(), routes)
                .off(OUTAGE)
                .until(BACK)
                .boundaries(true);
        assertThat(boundaries).hasSizeGreaterThan(5);

        int turned = 0;
        for (Duration boundary : boundaries) {
            Duration back = boundary.plusMillis(1);
            MainsStory story = new MainsStory(contracts, Set.of(), routes)
                    .off(OUTAGE)
                    .on(back)
                    .until(back.plus(ENOUGH));

            String told = "mains back at " + back + "\n" + String.join("\n", story.history());
            assertThat(story.machines(false)).as(told).isEmpty();
            boolean sentOff = story.commanded("POWER_OFF").stream().anyMatch(at -> at.compareTo(back.plus(HEARD)) < 0);
            assertThat(story.turned()).as(told).isNotEqualTo(sentOff);
            if (!sentOff) {
                assertThat(story.commanded("POWER_OFF")).as(told).isEmpty();
            }
            turned += story.turned() ? 1 : 0;
        }
        System.out.println(site + ": mains back at " + boundaries.size()
                + " boundaries of its shutdown, turned round at " + turned + ", 0 assets left off");
        assertThat(turned).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = "home")
    void whatAPersonHoldsStaysDownWheneverMainsReturn(String site) throws Exception {
        Contracts contracts = ShippedSite.of(site);
        AssetId held = contracts.sites().values().iterator().next().guests().stream()
                .map(guest -> guest.id())
                .max(AssetId::compareTo)
                .orElseThrow();
        Set<Duration> boundaries = new MainsStory(contracts, Set.of(held), routes)
                .off(OUTAGE)
                .until(BACK)
                .boundaries(true);

        for (Duration boundary : boundaries) {
            MainsStory story = new MainsStory(contracts, Set.of(held), routes)
                    .off(OUTAGE)
                    .on(boundary.plusMillis(1))
                    .until(boundary.plus(ENOUGH));

            assertThat(story.history())
                    .as("mains back at " + boundary)
                    .noneMatch(line -> line.matches(".*(START|WAKE|RECOVER) " + held + " .*"));
        }
    }

    /** A second outage during startup turns round the other way. */
    @ParameterizedTest
    @ValueSource(strings = {"home", "shop"})
    void nothingStaysOnWheneverMainsGoAgainInAStartup(String site) throws Exception {
        Contracts contracts = ShippedSite.of(site);
        Set<Duration> boundaries = new MainsStory(contracts, Set.of(), routes)
                .off(OUTAGE)
                .on(BACK)
                .until(BACK.plus(ENOUGH))
                .boundaries(false);
        assertThat(boundaries).hasSizeGreaterThan(5);

        for (Duration boundary : boundaries) {
            MainsStory story = new MainsStory(contracts, Set.of(), routes)
                    .off(OUTAGE)
                    .on(BACK)
                    .off(boundary.plusMillis(1))
                    .until(boundary.plus(ENOUGH));

            List<AssetId> on = story.machines(true);
            assertThat(on)
                    .as("mains gone at " + boundary + "\n" + String.join("\n", story.history()))
                    .isEmpty();
        }
        System.out.println(
                site + ": mains gone again at " + boundaries.size() + " boundaries of its startup, 0 assets left on");
    }
}
