package io.ridethrough.camel;

import io.ridethrough.target.Pace;
import io.ridethrough.target.way.Ask;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets no more than so many calls to one target go side by side (R41). What comes then waits its turn: acts before looks,
 * and otherwise in the order in which they came. No thread waits. What gets no turn in time was not sent. Thread-safe.
 */
final class Bulkhead {
    /** As long as the longest look by a way that has a bulkhead. */
    private static final Duration LOOK = Duration.ofSeconds(20);

    private final int places;
    private final Pace pace;
    private final Queue<Turn> acts = new ArrayDeque<>();
    private final Queue<Turn> looks = new ArrayDeque<>();
    private int taken;

    /** Of one call that waits: whether it comes. */
    private static final class Turn {
        private final CompletableFuture<Boolean> comes = new CompletableFuture<>();
    }

    /** @param pace the time of the targets, in which turns are waited for */
    Bulkhead(int places, Pace pace) {
        this.places = places;
        this.pace = pace;
    }

    /** Makes the call when it is its turn; an act waits for that no longer than for its own end. */
    CompletionStage<Told> pass(Ask ask, Supplier<CompletionStage<Told>> call) {
        Turn turn = new Turn();
        Queue<Turn> queue = ask instanceof Ask.Look ? looks : acts;
        boolean goes;
        synchronized (this) {
            goes = taken < places;
            if (goes) {
                taken++;
            } else {
                queue.add(turn);
            }
        }
        if (goes) {
            return made(call);
        }
        Duration patience = ask instanceof Ask.Act act ? act.limit() : LOOK;
        pace.after(patience).thenRun(() -> giveUp(queue, turn));
        return turn.comes.thenCompose(isTurn -> isTurn
                ? made(call)
                : CompletableFuture.completedFuture(new Told.Undelivered("not sent: " + places
                        + " calls to it went on, and none of them ended within " + patience.toSeconds() + " s")));
    }

    private CompletionStage<Told> made(Supplier<CompletionStage<Told>> call) {
        CompletionStage<Told> told;
        try {
            told = call.get();
        } catch (RuntimeException e) {
            told = CompletableFuture.failedFuture(e);
        }
        return told.whenComplete((answer, trouble) -> leave());
    }

    /** Out of the queue first, so that no turn is given to what is not waiting for it any more. */
    private void giveUp(Queue<Turn> queue, Turn turn) {
        boolean waited;
        synchronized (this) {
            waited = queue.remove(turn);
        }
        if (waited) {
            turn.comes.complete(false);
        }
    }

    /** The place goes straight on to the next, so that nobody who comes in between is let in first. */
    private void leave() {
        Turn next;
        synchronized (this) {
            next = next();
            if (next == null) {
                taken--;
            }
        }
        if (next != null) {
            next.comes.complete(true);
        }
    }

    private @Nullable Turn next() {
        Turn act = acts.poll();
        return act == null ? looks.poll() : act;
    }
}
