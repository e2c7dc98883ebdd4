package io.ridethrough.realparts;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what a test is about, and for no longer. */
public final class Until {
    private Until() {}

    /** Returns as soon as the condition holds; fails the test with the words of {@code otherwise} if it never does. */
    public static void holds(BooleanSupplier condition, Duration within, Supplier<String> otherwise) {
        long end = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + within + ": " + otherwise.get());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** The same with a minute, for what takes a moment on a machine that has nothing else to do. */
    public static void holds(BooleanSupplier condition) {
        holds(condition, Duration.ofMinutes(1), () -> "the condition of this line");
    }
}
