package io.ridethrough.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;

/** What Camel would do on a thread of its own waits for its turn on the one thread of a simulation. */
final class OneThread extends DefaultThreadPoolFactory {
    private final Consumer<Runnable> later;

    OneThread(Consumer<Runnable> later) {
        this.later = later;
    }

    @Override
    public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory factory) {
        return new AbstractExecutorService() {
            private boolean over;

            @Override
            public void execute(Runnable work) {
                later.accept(work);
            }

            @Override
            public void shutdown() {
                over = true;
            }

            @Override
            public List<Runnable> shutdownNow() {
                over = true;
                return List.of();
            }

            @Override
            public boolean isShutdown() {
                return over;
            }

            @Override
            public boolean isTerminated() {
                return over;
            }

            @Override
            public boolean awaitTermination(long time, TimeUnit unit) {
                return over;
            }
        };
    }
}
