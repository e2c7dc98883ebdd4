package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Node;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes are woken one after the other, in virtual time. */
class WakesTest {
    private static final Duration APART = Duration.ofSeconds(25);

    private Bench bench;

    @BeforeEach
    void takeEverythingDown() {
        bench = new Bench();
        bench.contracts.assets().keySet().forEach(asset -> bench.world.up(asset.toString(), false));
    }

    @Test
    void wakesTheNodesOfASiteAsFarApartAsTheyDeclare() {
        start();

        assertThat(gap()).isEqualTo(APART);
    }

    @Test
    void waitsForNothingBeforeANodeThatIsAlreadyUp() {
        bench.world.up("attic/pve1", true);

        start();

        assertThat(bench.commandedAt("startup:attic/pve1")).isEmpty();
        assertThat(woken("pve2")).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void keepsTheDistanceOverTheEndOfARun() {
        bench.world.up("attic/pve2", true);
        start();
        Duration first = woken("pve1");
        bench.world.up("attic/pve2", false);
        start();

        assertThat(woken("pve2").minus(first)).isGreaterThanOrEqualTo(APART);
    }

    @Test
    void wakesNothingThatSomebodyTookHoldOfWhileItWaitedForItsTurn() {
        Begun begun = bench.begin(Plans.intent(Trigger.POWER, Phase.STARTUP));
        CompletionStage<Void> hands = bench.time.after(Duration.ofSeconds(10)).thenRun(() -> nodes().forEach(
                        node -> bench.standing.hold(node, "a person", "hands inside")));

        JsonNode receipt = bench.toItsEnd(begun);

        assertThat(hands).isCompleted();
        assertThat(bench.world.commands().stream().filter(command -> command.startsWith("WAKE attic/pve")))
                .hasSize(1);
        assertThat(receipt.toString()).contains("held by a person: hands inside");
    }

    private void start() {
        bench.toItsEnd(bench.begin(Plans.intent(Trigger.POWER, Phase.STARTUP)));
    }

    private Duration gap() {
        return woken("pve2").minus(woken("pve1")).abs();
    }

    private Duration woken(String node) {
        return bench.commandedAt("startup:attic/" + node).orElseThrow();
    }

    private List<AssetId> nodes() {
        return bench.contracts.assets().values().stream()
                .filter(Node.class::isInstance)
                .map(node -> node.id())
                .toList();
    }
}
