package io.ridethrough.target.unifi;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets work on one thing go one after the other, in the order in which it came, however the work before it ended. No
 * thread waits meanwhile. Thread-safe.
 *
 * @param <K> what the thing is known by
 */
final class Turns<K> {
    private final Map<K, CompletableFuture<Boolean>> last = new ConcurrentHashMap<>();

    /** Begins the work when all that came before it for {@code thing} has ended. */
    <T> CompletionStage<T> take(K thing, Supplier<CompletionStage<T>> work) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> before = last.put(thing, mine);
        CompletionStage<Boolean> begin = before == null ? CompletableFuture.completedFuture(true) : before;
        return begin.thenCompose(mayBegin -> work.get()).whenComplete((came, broken) -> {
            last.remove(thing, mine);
            mine.complete(true);
        });
    }

    /** Nothing is under way, nor waits. */
    boolean isEmpty() {
        return last.isEmpty();
    }
}
