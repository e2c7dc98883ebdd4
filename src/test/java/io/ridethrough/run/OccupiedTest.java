package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A backup, a migration or a snapshot that works on what a run is about to take down. */
class OccupiedTest {
    private static final String WEB = "attic/web";
    private static final String STEP = "shutdown:attic/web";

    private final Bench bench = new Bench();

    @Test
    @Trap(19)
    void isWaitedForByPlannedWork() {
        bench.world.backUp(WEB, Duration.ofMinutes(20));

        JsonNode receipt = shutdown(Trigger.HAND);

        assertThat(receipt.path("result").asText()).isEqualTo("complete");
        assertThat(bench.world.commands()).contains("SHUT_DOWN " + WEB).doesNotContain("abort " + WEB);
        assertThat(bench.commandedAt(STEP))
                .hasValueSatisfying(at -> assertThat(at).isBetween(Duration.ofMinutes(20), Duration.ofMinutes(21)));
    }

    @Test
    void isWaitedForInWordsThatTheRunShows() {
        bench.world.backUp(WEB, Duration.ofMinutes(20));
        Begun.Running begun = (Begun.Running) bench.begin(Plans.intent(Trigger.HAND, Phase.SHUTDOWN));
        begun.roots().forEach(root -> {
            var unused = bench.runs.act(root);
        });
        bench.time.until(bench.time.after(Duration.ofMinutes(5)));

        assertThat(bench.runs.progress())
                .singleElement()
                .satisfies(progress -> assertThat(progress.said().values()).containsOnly("waits: vzdump runs"));
    }

    @Test
    void refusesPlannedWorkWhenItDoesNotEnd() {
        bench.world.backUp(WEB, Duration.ofHours(9));

        JsonNode receipt = shutdown(Trigger.SCHEDULE);

        assertThat(receipt.path("result").asText()).isNotEqualTo("complete");
        assertThat(receipt.toString()).contains("vzdump runs, still after 60 min");
        assertThat(bench.world.commands()).doesNotContain("SHUT_DOWN " + WEB, "force " + WEB, "abort " + WEB);
    }

    @Test
    @Trap(19)
    void isAbortedInAnEmergencyByPower() {
        bench.world.backUp(WEB, Duration.ofHours(9));

        JsonNode receipt = shutdown(Trigger.POWER);

        assertThat(receipt.path("result").asText()).isEqualTo("complete");
        assertThat(bench.world.commands()).containsSubsequence("abort " + WEB, "SHUT_DOWN " + WEB);
        assertThat(bench.commandedAt(STEP))
                .hasValueSatisfying(at -> assertThat(at).isLessThan(Duration.ofMinutes(1)));
    }

    private JsonNode shutdown(Trigger trigger) {
        return bench.toItsEnd(bench.begin(Plans.intent(trigger, Phase.SHUTDOWN)));
    }
}
