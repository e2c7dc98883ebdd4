package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** R13, R14: mains is back in mid-shutdown. */
class TurnAroundTest {
    private static final String WEB = "attic/web";

    private final Bench bench = new Bench();

    @Test
    void cancelsWhatHasNotBegunAndSettlesWhatHas() {
        bench.world.gate(WEB);
        Begun.Running down = power(Phase.SHUTDOWN);
        CompletableFuture<Void> end = bench.underWay(down);

        assertThat(bench.runs.callOff(Plans.SITE, "mains is back")).isTrue();
        bench.world.open(WEB);
        bench.time.until(end);

        JsonNode receipt = bench.journal.receipt(down.run()).orElseThrow();
        assertThat(receipt.path("result").asText()).isEqualTo("stopped");
        assertThat(outcome(receipt, "shutdown:attic/web")).isEqualTo("Done");
        assertThat(bench.world.commands())
                .contains("SHUT_DOWN attic/web")
                .noneMatch(told -> told.startsWith("POWER_OFF"));
    }

    @Test
    void finishesOnceAPowerOffWasSent() {
        Begun.Running down = power(Phase.SHUTDOWN);
        CompletableFuture<Void> end = bench.underWay(down);
        while (bench.world.commands().stream().noneMatch(told -> told.startsWith("POWER_OFF"))) {
            bench.time.pass(Duration.ofMillis(100));
        }

        assertThat(bench.runs.callOff(Plans.SITE, "mains is back")).isFalse();
        bench.time.until(end);

        assertThat(bench.journal
                        .receipt(down.run())
                        .orElseThrow()
                        .path("result")
                        .asText())
                .isEqualTo("complete");
    }

    @Test
    void aShutdownOfAnotherOutageWaitsForWhatStillSettles() {
        bench.world.gate(WEB);
        CompletableFuture<Void> end = bench.underWay(power(Phase.SHUTDOWN));
        bench.runs.callOff(Plans.SITE, "mains is back");
        CompletableFuture<Begun> second =
                bench.runs.begin(Plans.intent(Trigger.POWER, Phase.SHUTDOWN)).toCompletableFuture();
        assertThat(second).isNotDone();

        bench.world.open(WEB);
        bench.time.until(end);
        JsonNode receipt = bench.toItsEnd(bench.time.until(second));

        assertThat(receipt.path("result").asText()).isEqualTo("complete");
        assertThat(outcome(receipt, "shutdown:attic/web")).isEqualTo("AlreadyDone");
    }

    @Test
    void leavesWhatPersonsAndSchedulesBeganAlone() {
        bench.world.gate(WEB);
        Begun.Running planned = (Begun.Running) bench.begin(Plans.intent(Trigger.HAND, Phase.SHUTDOWN));
        CompletableFuture<Void> end = bench.underWay(planned);

        assertThat(bench.runs.callOff(Plans.SITE, "mains is back")).isFalse();
        bench.world.open(WEB);
        bench.time.until(end);

        assertThat(bench.journal
                        .receipt(planned.run())
                        .orElseThrow()
                        .path("result")
                        .asText())
                .isEqualTo("complete");
    }

    @Test
    void startsWhatWentDownOfAShutdownThatWasCalledOffInTheMiddle() {
        bench.world.gate(WEB);
        CompletableFuture<Void> end = bench.underWay(power(Phase.SHUTDOWN));
        bench.runs.callOff(Plans.SITE, "mains is back");
        bench.world.open(WEB);
        bench.time.until(end);

        JsonNode receipt = bench.toItsEnd(power(Phase.STARTUP));

        assertThat(outcome(receipt, "startup:attic/web")).isEqualTo("Done");
    }

    private Begun.Running power(Phase phase) {
        return (Begun.Running) bench.begin(Plans.intent(Trigger.POWER, phase));
    }

    private static String outcome(JsonNode receipt, String step) {
        for (JsonNode one : receipt.path("steps")) {
            if (one.path("step").asText().equals(step)) {
                return one.path("outcome").asText();
            }
        }
        return "no such step in " + receipt.path("steps");
    }
}
