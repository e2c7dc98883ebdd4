package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.plug.PlugAsk;
import io.ridethrough.target.way.Ask;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How many calls to one target go side by side, and in which order the others wait. */
class BulkheadTest {
    private static final int PLACES = 8;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Ask LOOK = new PlugAsk.State();
    private static final Ask ACT = new PlugAsk.Switch(true, LIMIT);
    private static final Told ANSWER = new Told.Done("done");

    private final VirtualTime time = new VirtualTime();
    private final Bulkhead bulkhead = new Bulkhead(PLACES, time);
    /** In the order in which they were sent. */
    private final List<String> sent = new ArrayList<>();

    private final Map<String, CompletableFuture<Told>> answers = new TreeMap<>();

    @Test
    void letsEightOfNineGoAndTheNinthWhenOneEnds() {
        List<CompletionStage<Told>> told = full();
        CompletionStage<Told> ninth = ask("ninth", LOOK);
        assertThat(sent).hasSize(PLACES).doesNotContain("ninth");

        answer("look 3");

        assertThat(sent).hasSize(PLACES + 1).endsWith("ninth");
        assertThat(told.get(3)).isCompletedWithValue(ANSWER);
        CompletionStage<Told> tenth = ask("tenth", LOOK);
        assertThat(sent).as("the ninth holds the place").doesNotContain("tenth");
        answer("ninth");
        answer("tenth");
        assertThat(ninth).isCompletedWithValue(ANSWER);
        assertThat(tenth).isCompletedWithValue(ANSWER);
    }

    @Test
    void letsActsGoBeforeLooksAndEachInTheOrderInWhichTheyCame() {
        full();
        ask("first look", LOOK);
        ask("second look", LOOK);
        ask("first act", ACT);
        ask("second act", ACT);

        List.of("look 0", "look 1", "look 2", "look 3").forEach(this::answer);

        assertThat(sent.subList(PLACES, sent.size()))
                .containsExactly("first act", "second act", "first look", "second look");
    }

    @Test
    void tellsThatNothingWasSentWhereNoTurnCameInTimeAndDoesNotSendItLater() {
        full();
        CompletionStage<Told> look = ask("late look", LOOK);
        CompletionStage<Told> act = ask("late act", ACT);
        CompletionStage<Told> patient = ask("patient act", new PlugAsk.Switch(true, LIMIT.multipliedBy(2)));

        assertThat(time.until(look)).isInstanceOf(Told.Undelivered.class);
        assertThat(time.elapsed()).isLessThan(LIMIT);
        assertThat(time.until(act)).isInstanceOf(Told.Undelivered.class);
        assertThat(time.elapsed()).isEqualTo(LIMIT);

        answer("look 0");
        assertThat(sent).endsWith("patient act").doesNotContain("late look", "late act");
        answer("patient act");
        assertThat(patient).isCompletedWithValue(ANSWER);
    }

    @Test
    void isLeftByACallThatFailsOrIsNeverBegun() {
        for (int i = 0; i < PLACES; i++) {
            assertThat(bulkhead.pass(LOOK, () -> CompletableFuture.failedFuture(new IllegalStateException("broken"))))
                    .isCompletedExceptionally();
            assertThat(bulkhead.pass(LOOK, () -> {
                        throw new IllegalStateException("cannot be begun");
                    }))
                    .isCompletedExceptionally();
        }

        full();

        assertThat(sent).hasSize(PLACES);
    }

    private List<CompletionStage<Told>> full() {
        List<CompletionStage<Told>> told = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            told.add(ask("look " + i, LOOK));
        }
        assertThat(sent).hasSize(PLACES);
        return told;
    }

    private CompletionStage<Told> ask(String name, Ask ask) {
        return bulkhead.pass(ask, () -> {
            sent.add(name);
            return answers.computeIfAbsent(name, one -> new CompletableFuture<>());
        });
    }

    private void answer(String name) {
        answers.getOrDefault(name, new CompletableFuture<>()).complete(ANSWER);
    }
}
