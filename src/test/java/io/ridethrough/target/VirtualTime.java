package io.ridethrough.target;

import io.ridethrough.run.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Time that passes only while someone waits for something, and then at once. For one thread. */
public final class VirtualTime implements Time, Pace {
    private record Timer(long at, long order, CompletableFuture<Void> rings) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long nanos;
    private long order;

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public CompletionStage<Void> after(Duration delay) {
        CompletableFuture<Void> rings = new CompletableFuture<>();
        timers.add(new Timer(nanos + delay.toNanos(), order++, rings));
        return rings;
    }

    /** Lets time pass until that is complete. */
    public <T> T until(CompletionStage<T> awaited) {
        CompletableFuture<T> future = awaited.toCompletableFuture();
        while (!future.isDone()) {
            Timer next = timers.poll();
            if (next == null) {
                throw new AssertionError("nothing will ever complete it");
            }
            nanos = next.at();
            next.rings().complete(null);
        }
        return future.join();
    }

    /** Lets that much time pass. */
    public void pass(Duration time) {
        until(after(time));
    }

    public Duration elapsed() {
        return Duration.ofNanos(nanos);
    }
}
