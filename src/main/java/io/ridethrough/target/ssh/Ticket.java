package io.ridethrough.target.ssh;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way. It is answered exactly once, and once answered it can no longer be sent: who sends must claim
 * it first.
 */
final class Ticket {
    /** How far it came. */
    private enum Stage {
        WAITING,
        SENT,
        ANSWERED
    }

    final RemoteCommand command;
    private final Executor answers;
    private final CompletableFuture<CommandResult> answer = new CompletableFuture<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private volatile @Nullable Future<?> timer;
    private volatile int failedSends;

    Ticket(RemoteCommand command, Executor answers) {
        this.command = command;
        this.answers = answers;
    }

    CompletableFuture<CommandResult> answer() {
        return answer;
    }

    /** True for the one caller that may send it now. */
    boolean claim() {
        return stage.compareAndSet(Stage.WAITING, Stage.SENT);
    }

    boolean isAnswered() {
        return stage.get() == Stage.ANSWERED;
    }

    /** Answers it, unless it was sent or answered before. */
    void undelivered(CommandResult.Cause cause, String why) {
        if (stage.compareAndSet(Stage.WAITING, Stage.ANSWERED)) {
            tell(new CommandResult.Undelivered(cause, why));
        }
    }

    /** Answers it after it was sent, unless it was answered before. */
    void ended(CommandResult result) {
        if (stage.compareAndSet(Stage.SENT, Stage.ANSWERED)) {
            tell(result);
        }
    }

    /** The timer that bounds it now; the one before is let go. */
    void boundBy(Future<?> next) {
        Future<?> before = timer;
        timer = next;
        if (before != null) {
            before.cancel(false);
        }
        if (isAnswered()) {
            next.cancel(false);
        }
    }

    /** Counts a try that sent nothing, and tells how many there were. */
    synchronized int countFailedSend() {
        failedSends++;
        return failedSends;
    }

    private void tell(CommandResult result) {
        Future<?> last = timer;
        if (last != null) {
            last.cancel(false);
        }
        answer.completeAsync(() -> result, answers);
    }
}
