package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** R32: what power calls for while another run still settles is done by its last word, not by all of them in turn. */
class OvertakenTest {
    private static final String WEB = "attic/web";

    private final Bench bench = new Bench();

    @Test
    void aShutdownThatWaitedIsNotBegunOncePowerHasCalledForTheStartup() {
        bench.world.gate(WEB);
        CompletableFuture<Void> planned =
                bench.underWay((Begun.Running) bench.begin(Plans.intent(Trigger.SCHEDULE, Phase.SHUTDOWN)));
        CompletableFuture<Begun> down = power(Phase.SHUTDOWN);
        CompletableFuture<Begun> up = power(Phase.STARTUP);
        assertThat(down).isNotDone();

        bench.world.open(WEB);
        bench.time.until(CompletableFuture.allOf(planned, down, up));

        assertThat(down).isCompletedWithValueMatching(begun -> begun.equals(new Begun.Denied("overtaken: a test")));
        assertThat(up.join()).isInstanceOf(Begun.Running.class);
    }

    private CompletableFuture<Begun> power(Phase phase) {
        return bench.runs.begin(Plans.intent(Trigger.POWER, phase)).toCompletableFuture();
    }
}
