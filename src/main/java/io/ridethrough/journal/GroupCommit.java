package io.ridethrough.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Collects records and stores all that wait in one transaction, and so with one flush to disk: who comes while a flush
 * goes on shares the next one. The order of taking is the order on disk. Thread-safe; stages are completed outside of
 * every lock.
 */
final class GroupCommit {
    private static final long MOMENT_MILLIS = 40;

    private final Function<List<PendingEntry>, List<Entry>> store;
    private final List<PendingEntry> pending = new ArrayList<>();
    private final ThreadPoolExecutor writer;
    private final Executor soon;

    /** @param store stores all of them in order, or none and throws */
    GroupCommit(Function<List<PendingEntry>, List<Entry>> store) {
        this.store = store;
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "journal");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        this.soon = CompletableFuture.delayedExecutor(MOMENT_MILLIS, TimeUnit.MILLISECONDS, writer);
    }

    /** Takes a record; the next {@link #flush} stores it. */
    CompletableFuture<Entry> take(PendingEntry entry) {
        synchronized (pending) {
            pending.add(entry);
        }
        return entry.written();
    }

    /** Has a thread of its own flush at once. */
    void flushNow() {
        writer.execute(this::flush);
    }

    /** The same after a moment, unless another flush comes before. */
    void flushSoon() {
        soon.execute(this::flush);
    }

    /** When it returns, everything taken before is on disk, or its stage has failed or is about to. */
    void flush() {
        commit().forEach(Runnable::run);
    }

    /** What was taken before is stored; what is taken after the last flush is not. */
    void close() {
        flush();
        writer.shutdown();
    }

    private synchronized List<Runnable> commit() {
        List<PendingEntry> batch;
        synchronized (pending) {
            batch = List.copyOf(pending);
            pending.clear();
        }
        if (batch.isEmpty()) {
            return List.of();
        }
        List<Runnable> told = new ArrayList<>();
        try {
            List<Entry> stored = store.apply(batch);
            for (int i = 0; i < batch.size(); i++) {
                CompletableFuture<Entry> written = batch.get(i).written();
                Entry entry = stored.get(i);
                told.add(() -> written.complete(entry));
            }
        } catch (RuntimeException e) {
            batch.forEach(each -> told.add(() -> each.written().completeExceptionally(e)));
        }
        return told;
    }
}
