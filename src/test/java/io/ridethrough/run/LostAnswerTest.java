package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import io.ridethrough.traps.Trap;
import org.junit.jupiter.api.Test;

/** R19: a command whose answer was lost is sent again only where the far side shows that it does not run there. */
class LostAnswerTest {
    private static final String WEB = "attic/web";
    private static final String GRACEFUL = "SHUT_DOWN " + WEB;
    private static final String FORCED = "force " + WEB;

    private final Bench bench = new Bench();

    @Test
    void isSentOnceMoreWhenTheFarSideNeverGotIt() {
        bench.world.swallow(WEB);

        assertThat(shutdown().path("result").asText()).isEqualTo("complete");
        assertThat(bench.world.commands()).containsOnlyOnce(GRACEFUL).doesNotContain(FORCED);
    }

    @Test
    void isSentOnceMoreAndNotForEver() {
        bench.world.hang(WEB);
        bench.world.neverForce(WEB);
        bench.world.traces(WEB, new Trace.NeverArrived("not listed"));

        shutdown();

        assertThat(bench.world.commands()).filteredOn(GRACEFUL::equals).hasSize(2);
    }

    @Test
    @Trap(20)
    void isNeverSentAgainWhileItRunsThere() {
        bench.world.hang(WEB);
        bench.world.neverForce(WEB);

        JsonNode receipt = shutdown();

        assertThat(bench.world.commands()).filteredOn(GRACEFUL::equals).hasSize(1);
        assertThat(receipt.toString()).contains("in the log");
    }

    @Test
    void isNeverSentAgainWhereItsTasksCannotBeRead() {
        bench.world.swallow(WEB);
        bench.world.neverForce(WEB);
        bench.world.traces(WEB, new Trace.Unread("no right to see tasks"));

        JsonNode receipt = shutdown();

        assertThat(bench.world.commands()).doesNotContain(GRACEFUL);
        assertThat(receipt.toString()).contains("no right to see tasks");
    }

    @Test
    void isNeverSentAgainWhereNobodyCanTell() {
        bench.world.swallow(WEB);
        bench.world.keepsRecords(false);

        shutdown();

        assertThat(bench.world.commands()).doesNotContain(GRACEFUL).contains(FORCED);
    }

    @Test
    void givesWayToTheNextRungWhenItsTaskEndedInAnError() {
        bench.world.hang(WEB);
        bench.world.traces(WEB, new Trace.Failed("VM quit/powerdown failed - got timeout"));

        shutdown();

        assertThat(bench.world.commands()).containsOnlyOnce(GRACEFUL, FORCED);
    }

    private JsonNode shutdown() {
        return bench.toItsEnd(bench.begin(Plans.intent(Trigger.SCHEDULE, Phase.SHUTDOWN)));
    }
}
