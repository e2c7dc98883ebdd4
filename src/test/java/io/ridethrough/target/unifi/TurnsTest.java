package io.ridethrough.target.unifi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns<String> turns = new Turns<>();
    private final List<String> begun = new ArrayList<>();

    @Test
    void workOnOneThingBeginsWhenTheWorkBeforeItHasEndedHoweverThatWas() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletionStage<String> failed = take("strip", "first", first);
        CompletionStage<String> after = take("strip", "second", second);
        take("another", "third", CompletableFuture.completedFuture("done"));
        assertThat(begun).containsExactly("first", "third");

        first.completeExceptionally(new IllegalStateException("broken"));
        assertThat(begun).containsExactly("first", "third", "second");
        second.complete("done");

        assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
        assertThat(after.toCompletableFuture()).isCompletedWithValue("done");
    }

    @Test
    void nothingIsKeptOfWhatHasEndedAndWhatThrowsLetsTheNextGo() {
        CompletionStage<String> thrown = turns.take("strip", () -> {
            throw new IllegalStateException("broken");
        });

        assertThat(thrown.toCompletableFuture()).isCompletedExceptionally();
        assertThat(turns.isEmpty()).isTrue();
        assertThat(take("strip", "next", CompletableFuture.completedFuture("done"))
                        .toCompletableFuture())
                .isCompletedWithValue("done");
        assertThat(turns.isEmpty()).isTrue();
    }

    private CompletionStage<String> take(String thing, String name, CompletableFuture<String> work) {
        return turns.take(thing, () -> {
            begun.add(name);
            return work;
        });
    }
}
