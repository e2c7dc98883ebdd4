package io.ridethrough.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** R11, on the product's own routes: an outage sheds what is least needed, and brings it back. */
final class SheddingStoryTest extends OnTheRoutes {
    private static final AssetId CAMERAS = AssetId.parse("attic/cameras");
    private static final AssetId MEDIA = AssetId.parse("attic/media");
    private static final Duration OUTAGE = Duration.ofMinutes(2);
    private static final Duration BATTERY = Duration.ofMinutes(52);

    private final Contracts attic = FakeContracts.atticThatSheds();

    @Test
    void shedsInOrderWhileAllElseStaysUpAndStartsItAgainWithMains() {
        MainsStory story = story(List.of()).off(OUTAGE).until(Duration.ofMinutes(8));
        assertThat(story.told("SHUT_DOWN")).as(told(story)).containsExactly(CAMERAS, MEDIA);
        assertThat(story.machines(false)).containsExactlyInAnyOrder(CAMERAS, MEDIA);
        List<Duration> times = story.commanded("SHUT_DOWN");
        assertThat(times.get(0)).isBetween(Duration.ofSeconds(175), Duration.ofSeconds(200));
        assertThat(times.get(1)).isBetween(Duration.ofSeconds(235), Duration.ofSeconds(270));

        story = story(List.of()).off(OUTAGE).on(Duration.ofMinutes(8)).until(Duration.ofMinutes(25));

        assertThat(story.machines(false)).as(told(story)).isEmpty();
        assertThat(story.told("START")).containsExactly(MEDIA, CAMERAS);
        assertThat(story.told("POWER_OFF")).isEmpty();
    }

    @Test
    void startsWhatWasShedWheneverMainsReturn() {
        Set<Duration> boundaries =
                story(List.of()).off(OUTAGE).until(Duration.ofMinutes(8)).boundaries(true);
        assertThat(boundaries).hasSizeGreaterThan(5);

        for (Duration boundary : boundaries) {
            MainsStory story =
                    story(List.of()).off(OUTAGE).on(boundary.plusMillis(1)).until(boundary.plusMinutes(20));

            assertThat(story.machines(false))
                    .as("mains back at " + boundary + "\n" + told(story))
                    .isEmpty();
        }
    }

    @Test
    void takesTheWholeSiteDownLaterAndStartsAllOfIt() {
        Duration back = Duration.ofMinutes(45);
        MainsStory dark = story(List.of()).off(OUTAGE).until(back);
        assertThat(dark.machines(true)).as(told(dark)).isEmpty();
        assertThat(dark.told("SHUT_DOWN"))
                .startsWith(CAMERAS, MEDIA)
                .doesNotHaveDuplicates()
                .hasSize(4);

        MainsStory story = story(List.of()).off(OUTAGE).on(back).until(back.plusMinutes(30));

        assertThat(story.machines(false)).as(told(story)).isEmpty();
    }

    /** One run at a site: what is shed next waits for what hangs, is refused by nothing, and goes then. */
    @Test
    void shedsTheNextGroupOnceTheOneBeforeHasEndedHoweverItDid() {
        Fault hung = new Fault(FaultKind.HANGS, Optional.of(CAMERAS), Duration.ZERO, Duration.ofDays(1), 0);
        MainsStory story = story(List.of(hung)).off(OUTAGE).until(Duration.ofMinutes(9));

        assertThat(story.history().stream().filter(line -> line.contains("power begins attic.")))
                .as(told(story))
                .hasSize(2)
                .last()
                .asString()
                .contains("attic.media");
    }

    /** The battery leaves no time for its grace: what hangs holds nothing up, and the nodes are off in time. */
    @Test
    void takesTheWholeSiteDownOverAGuestThatIsShedAndHangs() {
        Fault hung = new Fault(FaultKind.HANGS, Optional.of(MEDIA), Duration.ZERO, Duration.ofDays(1), 0);
        Duration battery = Duration.ofMinutes(15);
        MainsStory story = new MainsStory(attic, Set.of(), List.of(hung), battery, routes)
                .off(OUTAGE)
                .until(OUTAGE.plus(battery));

        assertThat(story.machines(true)).as(told(story)).isEmpty();
        // at half of the battery, with 20 s of the five minutes left that the guest may take to end
        assertThat(story.history()).anyMatch(line -> line.matches(" *46\\d\\.\\d+  power begins attic-.*"));
    }

    private MainsStory story(List<Fault> troubles) {
        return new MainsStory(attic, Set.of(), troubles, BATTERY, routes);
    }

    private static String told(MainsStory story) {
        return String.join("\n", story.history());
    }
}
