package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** R12: graces shrink as the battery ends, order yields last, and every host is told. */
class BudgetTest {
    private static final String WEB = "attic/web";

    private final Bench bench = new Bench();

    @Test
    void leavesEveryStepTheTimeThatNobodyAfterItNeeds() {
        Step app = Plans.lasting(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"), Duration.ofMinutes(5));
        Step database =
                Plans.lasting(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "database", "app"), Duration.ofMinutes(5));
        Step node =
                Plans.lasting(Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "node", "database"), Duration.ofSeconds(60));
        Step nas = Plans.lasting(Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "nas", "node"), Duration.ofSeconds(90));
        Budget budget =
                new Budget(Plans.plan(Plans.intent(Trigger.POWER, Phase.SHUTDOWN), List.of(app, database, node, nas)));

        assertThat(budget.latest(app, true)).isEmpty();
        budget.emptyAt(OptionalLong.of(Duration.ofSeconds(1_000).toNanos()));

        assertThat(seconds(budget.latest(nas, false))).isEqualTo(1_000 - 20);
        assertThat(seconds(budget.latest(node, false))).isEqualTo(1_000 - 20 - 90);
        assertThat(seconds(budget.latest(database, false))).isEqualTo(1_000 - 20 - 90 - 60);
        assertThat(seconds(budget.latest(database, true))).isEqualTo(1_000 - 20 - 90 - 60 - 10);
        assertThat(seconds(budget.latest(app, true))).isEqualTo(1_000 - 20 - 90 - 60 - 10 - 10);
    }

    @Test
    void waitsForNoAnswerOnceItsTimeIsUp() {
        bench.world.neverForce(WEB);
        bench.world.gate(WEB);
        Begun.Running down = (Begun.Running) bench.begin(Plans.intent(Trigger.POWER, Phase.SHUTDOWN));
        CompletableFuture<Void> end = bench.underWay(down);
        bench.time.pass(Duration.ofHours(1));
        assertThat(bench.world.commands()).doesNotContain("POWER_OFF attic/pve1");

        bench.runs.lasts(Plans.SITE, Optional.of(Duration.ofSeconds(5)));
        bench.time.until(end);

        JsonNode receipt = bench.journal.receipt(down.run()).orElseThrow();
        assertThat(bench.world.commands())
                .contains("POWER_OFF attic/pve1", "POWER_OFF attic/pve2", "POWER_OFF attic/nas");
        assertThat(receipt.path("result").asText()).isEqualTo("incomplete");
        assertThat(receipt.toString()).contains("not waited for any longer, since the battery ends");
    }

    @Test
    void sendsNothingOnceMoreThatMayStillBeOnItsWay() {
        bench.world.neverForce(WEB);
        assertThat(shutDownsOfWebThatNeverArrived()).hasSize(1);
    }

    @Test
    void forcesRatherThanAsksOnceMoreWhenTheBatteryLeavesNoTimeForBoth() {
        bench.world.swallow(WEB);
        assertThat(shutDownsOfWebThatNeverArrived()).isEmpty();
        assertThat(bench.world.commands()).contains("force " + WEB);
    }

    /** What its host notes while nobody hears an answer, the battery ends, and the host says that nothing arrived. */
    private List<String> shutDownsOfWebThatNeverArrived() {
        bench.world.gate(WEB);
        bench.world.traces(WEB, new Trace.NeverArrived("not in the log"));
        Begun.Running down = (Begun.Running) bench.begin(Plans.intent(Trigger.POWER, Phase.SHUTDOWN));
        CompletableFuture<Void> end = bench.underWay(down);
        bench.runs.lasts(Plans.SITE, Optional.of(Duration.ofSeconds(5)));
        bench.time.until(end);
        return bench.world.commands().stream()
                .filter(("SHUT_DOWN " + WEB)::equals)
                .toList();
    }

    private static long seconds(OptionalLong at) {
        return Duration.ofNanos(at.orElseThrow()).toSeconds();
    }
}
