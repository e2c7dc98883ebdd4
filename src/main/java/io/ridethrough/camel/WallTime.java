package io.ridethrough.camel;

import io.ridethrough.run.Time;
import io.ridethrough.target.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The machine's time, or a faster one: with speed 20 an hour of this time passes in three minutes.
 */
public final class WallTime implements Time, Pace {
    private final double speed;
    private final Executor executor;
    private final Instant since;
    private final long beganNanos = System.nanoTime();

    /** @param speed 1 in service; more only in the lab */
    public WallTime(double speed, Executor executor) {
        this(speed, Instant.now(), executor);
    }

    /** @param since when faster time was the real one, so that it goes on where another process of the lab ended */
    public WallTime(double speed, Instant since, Executor executor) {
        if (!(speed >= 1)) {
            throw new IllegalArgumentException("speed is 1 or more, not " + speed);
        }
        this.speed = speed;
        this.since = since;
        this.executor = executor;
    }

    @Override
    public Instant now() {
        Instant real = Instant.now();
        return speed == 1
                ? real
                : since.plusNanos((long) (Duration.between(since, real).toNanos() * speed));
    }

    @Override
    public long nanos() {
        return (long) ((System.nanoTime() - beganNanos) * speed);
    }

    @Override
    public CompletionStage<Void> after(Duration delay) {
        long wait = (long) (delay.toNanos() / speed);
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, executor));
    }
}
