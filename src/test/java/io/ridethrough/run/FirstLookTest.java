package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that takes a site down and brings it up in one go restores what ran at its own beginning. */
class FirstLookTest {
    private static final Intent DOWN_AND_UP =
            Plans.intent(Trigger.SCHEDULE, Phase.SHUTDOWN, Phase.STARTUP, Phase.RECOVERY);

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench();
    }

    @Test
    void leavesStoppedWhatAPersonHadStoppedSinceTheLastShutdown() {
        bench.toItsEnd(bench.begin(DOWN_AND_UP));
        assertThat(starts("media")).isEqualTo(1);
        bench.world.up("attic/media", false);

        JsonNode receipt = bench.toItsEnd(bench.begin(DOWN_AND_UP));

        assertThat(starts("media")).isEqualTo(1);
        assertThat(starts("web")).isEqualTo(2);
        assertThat(receipt.path("result").asText()).isEqualTo("complete");
    }

    @Test
    void restoresWhatALieTellsIsStopped() {
        bench.world.liesOnce("attic/media");

        bench.toItsEnd(bench.begin(DOWN_AND_UP));

        assertThat(starts("media")).isEqualTo(1);
    }

    @Test
    void takesDownWhatALieTellsIsStopped() {
        bench.world.liesOnce("attic/media");

        bench.toItsEnd(bench.begin(Plans.intent(Trigger.POWER, Phase.SHUTDOWN)));

        assertThat(bench.world.commands()).contains("SHUT_DOWN attic/media");
    }

    @Test
    void restoresWhatWasStartedSinceTheLastShutdown() {
        bench.world.up("attic/media", false);
        bench.toItsEnd(bench.begin(DOWN_AND_UP));
        assertThat(starts("media")).isZero();
        bench.world.up("attic/media", true);

        bench.toItsEnd(bench.begin(DOWN_AND_UP));

        assertThat(starts("media")).isEqualTo(1);
    }

    @Test
    void keepsWhatWasKnownOfAGuestThatCannotBeSeen() {
        bench.toItsEnd(bench.begin(DOWN_AND_UP));
        bench.world.sees("attic/media", new Sight.Unseen("no answer"));

        Begun.Running begun = (Begun.Running) bench.begin(DOWN_AND_UP);

        assertThat(begun.plan().steps().stream().map(step -> step.id().value())).contains("startup:attic/media");
    }

    @Test
    void looksAtNothingForARunThatIsOnlyShown() {
        assertThat(bench.begin(DOWN_AND_UP.shown())).isInstanceOf(Begun.Shown.class);
        assertThat(bench.journal.ofKinds("observed")).isEmpty();
        assertThat(bench.standing.seen().known()).doesNotContain(new AssetId(Plans.SITE, "media"));
    }

    private long starts(String guest) {
        return bench.world.commands().stream()
                .filter(("START attic/" + guest)::equals)
                .count();
    }
}
