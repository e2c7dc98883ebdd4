package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second half of a maintenance window, after a first half of every kind. */
class WindowHalvesTest {
    private static final Intent FIRST = half(Optional.of("spring"), true, Phase.PRECHECK, Phase.SHUTDOWN);
    private static final Intent SECOND = half(Optional.of("spring"), false, Phase.STARTUP, Phase.RECOVERY);

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench();
        bench.world.sees("attic/pve1", new Sight.Desired("well"));
        bench.world.sees("attic/pve2", new Sight.Desired("well"));
        bench.world.sees("attic/nas", new Sight.Desired("well"));
    }

    @Test
    void goesOnWithAFirstHalfThatRanAndNamesIt() {
        String run = bench.toItsEnd(bench.begin(FIRST)).path("run").asText();

        assertThat(bench.begin(SECOND)).isInstanceOfSatisfying(Begun.Running.class, begun -> assertThat(
                        begun.plan().notes())
                .anyMatch(
                        note -> note.contains("first half of window \"spring\": run " + run + " took down 4 assets")));
    }

    @Test
    void refusesAWindowThatNothingIsKnownOf() {
        bench.toItsEnd(bench.begin(FIRST));

        assertThat(denial(half(Optional.of("autumn"), false, Phase.STARTUP)))
                .isEqualTo("window \"autumn\" has no first half: the journal knows no shutdown of that id");
    }

    @Test
    void refusesAWindowWhoseFirstHalfTookNothingDown() {
        for (String guest : List.of("dns", "web", "media", "cameras")) {
            bench.world.up("attic/" + guest, false);
        }
        bench.toItsEnd(bench.begin(FIRST));

        assertThat(denial(SECOND))
                .startsWith("the first half of window \"spring\" took nothing down at attic: run attic-")
                .contains("took down 0 assets");
    }

    @Test
    void refusesAWindowWhoseFirstHalfHasNotEnded() {
        bench.begin(FIRST);

        assertThat(denial(SECOND)).startsWith("the first half of window \"spring\" has not ended: run attic-");
    }

    @Test
    void tellsOfEarlierSecondHalvesAndMayBeRepeated() {
        bench.toItsEnd(bench.begin(FIRST));
        release();
        String run = bench.toItsEnd(bench.begin(SECOND)).path("run").asText();

        assertThat(bench.begin(SECOND)).isInstanceOfSatisfying(Begun.Running.class, begun -> assertThat(
                        begun.plan().notes())
                .contains("it was gone on with before: run " + run + " (complete)"));
    }

    @Test
    void asksNothingOfAStartupWithoutAWindow() {
        assertThat(bench.begin(half(Optional.empty(), false, Phase.STARTUP))).isInstanceOf(Begun.Running.class);
    }

    private void release() {
        for (AssetId held : bench.standing.holds().keySet()) {
            bench.standing.release(held, "a person");
        }
    }

    private String denial(Intent intent) {
        return ((Begun.Denied) bench.begin(intent)).reason();
    }

    private static Intent half(Optional<String> window, boolean boundary, Phase... phases) {
        Intent plain = Plans.intent(Trigger.HAND, phases);
        return new Intent(
                plain.scope(),
                plain.phases(),
                plain.trigger(),
                java.util.Set.of(),
                window,
                boundary,
                true,
                Optional.empty(),
                plain.by(),
                plain.reason());
    }
}
