package io.ridethrough.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Time that passes only when nothing else is left to do. One thread. */
public final class VirtualTime implements Time {
    private record Due(long at, long number, CompletableFuture<Void> then) {}

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private Duration wallShift = Duration.ZERO;
    private long nanos;
    private long count;

    @Override
    public Instant now() {
        return EPOCH.plusNanos(nanos).plus(wallShift);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    /** Somebody sets the wall clock. */
    public void setWallClock(Duration by) {
        wallShift = wallShift.plus(by);
    }

    @Override
    public CompletionStage<Void> after(Duration delay) {
        CompletableFuture<Void> then = new CompletableFuture<>();
        due.add(new Due(nanos + delay.toNanos(), count++, then));
        return then;
    }

    /** Lets time pass until the condition holds or nothing is due any more. */
    public void passUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean() && !due.isEmpty()) {
            Due next = due.remove();
            nanos = Math.max(nanos, next.at());
            next.then().complete(null);
        }
    }
}
