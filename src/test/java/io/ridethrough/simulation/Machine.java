package io.ridethrough.simulation;

import io.ridethrough.run.Time;
import io.ridethrough.run.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** The machine that our process runs on: its monotonic clock is true, its wall clock is what was made of it. */
final class Machine implements Time {
    private final VirtualTime time;
    private final History history;
    private Duration shift = Duration.ZERO;
    private double fast;
    private long fastSince;
    private final Thread thread = Thread.currentThread();

    Machine(VirtualTime time, History history) {
        this.time = time;
        this.history = history;
    }

    /** Sets the wall clock. */
    void set(Duration by) {
        shift = shift.plus(by);
    }

    /** From now on the wall clock gains this share of the time that passes. */
    void drift(double share) {
        shift = shift.plus(gained());
        fast = share;
        fastSince = time.nanos();
    }

    private Duration gained() {
        return Duration.ofNanos((long) ((time.nanos() - fastSince) * fast));
    }

    @Override
    public Instant now() {
        return time.now().plus(shift).plus(gained());
    }

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public CompletionStage<Void> after(Duration delay) {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("a simulation runs on one thread, not on " + Thread.currentThread());
        }
        return time.after(delay);
    }

    /** Does it then; what it throws is a defect of the simulation and ends up in the history. */
    void at(Duration delay, Runnable work) {
        after(delay).thenRun(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                history.broken("I0", "broke: " + e);
            }
        });
    }

    /** How much time has passed since the story began. */
    Duration elapsed() {
        return Duration.ofNanos(time.nanos());
    }
}
