package io.ridethrough.lab.host;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated world's one thread and its time: every simulated duration passes {@code speed} times faster.
 *
 * <p>After each piece of work the world is brought in line (ports opened or closed) on the same thread.
 */
public final class LabClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabClock.class);

    private final double speed;
    private final Instant began = Instant.now();
    private final long beganNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor executor;
    private volatile Thread thread = Thread.currentThread();
    private volatile Runnable afterEach = () -> {};

    public LabClock(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be above 0, not " + speed);
        }
        this.speed = speed;
        executor = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread made = new Thread(work, "lab-world");
                    made.setDaemon(true);
                    thread = made;
                    return made;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** What is done after each piece of work, on the same thread. */
    public void afterEach(Runnable work) {
        afterEach = work;
    }

    /** How many simulated seconds pass in a real one. */
    public double speed() {
        return speed;
    }

    /** What the clocks of simulated machines show. */
    Instant now() {
        return began.plusNanos((long) ((System.nanoTime() - beganNanos) * speed));
    }

    /** Runs {@code work} soon. */
    public void run(Runnable work) {
        executor.execute(() -> safely(work));
    }

    /** Runs {@code work} when {@code simulated} has passed in the simulated world; the answer cancels it. */
    public Runnable after(Duration simulated, Runnable work) {
        long nanos = (long) (simulated.toNanos() / speed);
        Future<?> planned = executor.schedule(() -> safely(work), nanos, TimeUnit.NANOSECONDS);
        return () -> planned.cancel(false);
    }

    /** Runs {@code work} every {@code real} time, until the clock is closed. */
    public void everyReal(Duration real, Runnable work) {
        var unused = executor.scheduleWithFixedDelay(
                () -> safely(work), real.toNanos(), real.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The answer to {@code question}, asked on the world's thread; waits for it. */
    public <T> T ask(Supplier<T> question) {
        if (Thread.currentThread() == thread || executor.isShutdown()) {
            return question.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        run(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Does {@code work} on the world's thread and waits until it is done and the world is in line. */
    public void settle(Runnable work) {
        ask(() -> {
            work.run();
            afterEach.run();
            return Boolean.TRUE;
        });
    }

    private void safely(Runnable work) {
        try {
            work.run();
            afterEach.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("lab: the simulated world failed at a step");
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
