package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** R41: three starts and eight stops side by side on one node, where it declares nothing else. */
class LimitsTest {
    private final Limits limits = new Limits(FakeContracts.attic());
    private final List<Integer> begun = new ArrayList<>();
    private final List<CompletableFuture<String>> works = new ArrayList<>();

    @Test
    void threeGuestsOfANodeStartSideBySideAndWhoCameFirstIsNext() {
        begin(Verb.START, "web", 10);
        assertThat(begun).containsExactly(0, 1, 2);

        works.get(1).complete("up");
        assertThat(begun).containsExactly(0, 1, 2, 3);

        works.get(0).completeExceptionally(new IllegalStateException("broke"));
        assertThat(begun).as("one that broke makes room too").containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void eightStopSideBySideWhateverStarts() {
        begin(Verb.START, "web", 5);
        begun.clear();

        begin(Verb.SHUT_DOWN, "web", 20);

        assertThat(begun).hasSize(8);
    }

    @Test
    void anotherNodeHasRoomOfItsOwnAndNothingElseWaits() {
        begin(Verb.START, "web", 3);
        begun.clear();

        begin(Verb.START, "media", 4);
        begin(Verb.POWER_OFF, "pve1", 20);
        begin(Verb.PROBE, "web", 20);

        assertThat(begun).hasSize(3 + 20 + 20);
    }

    private void begin(Verb verb, String asset, int many) {
        for (int i = 0; i < many; i++) {
            int number = works.size();
            CompletableFuture<String> work = new CompletableFuture<>();
            works.add(work);
            var unused = limits.within(step(verb, asset, number), () -> {
                begun.add(number);
                return work;
            });
        }
    }

    private static Step step(Verb verb, String asset, int number) {
        return new Step(
                new StepId(verb + ":" + asset + ":" + number),
                Phase.SHUTDOWN,
                verb,
                Optional.of(AssetId.parse("attic/" + asset)),
                new TreeSet<>(),
                Duration.ofSeconds(1),
                Optional.empty());
    }
}
