package io.ridethrough.target.proxmox.api;

import io.ridethrough.contract.Node;
import io.ridethrough.target.Pace;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.TaskEnd;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Follows what was accepted to its real end. Every trouble on the way means lost: it was sent. */
final class Tasks {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final ApiCalls calls;
    private final Pace pace;

    Tasks(ApiCalls calls, Pace pace) {
        this.calls = calls;
        this.pace = pace;
    }

    /** One moment of a wait: what it came to, or empty for not yet. */
    private interface Moment {
        CompletionStage<Optional<Told>> look();
    }

    /** Completes when the task ended, or as lost when {@code until} passed first. */
    CompletionStage<Told> end(Node node, Upid upid, long until) {
        return await(until, "task " + upid + " still runs at the limit", () -> calls.send(
                        node, Request.task(node.nodeName(), upid), LOOK)
                .thenCompose(reply -> reply instanceof Reply.Data told
                        ? CompletableFuture.completedFuture(ended(upid, TaskEnd.read(told.data())))
                        : lostSight(upid, reply)));
    }

    private static Optional<Told> ended(Upid upid, TaskEnd end) {
        if (end instanceof TaskEnd.Running) {
            return Optional.empty();
        }
        if (end instanceof TaskEnd.Well well) {
            return Optional.of(new Told.Done("task " + upid + ": " + well.said()));
        }
        return Optional.of(
                end instanceof TaskEnd.Failed failed
                        ? new Told.Declined("task " + upid + ": " + failed.said())
                        : new Told.Lost("task " + upid + " ended untold: " + end));
    }

    /** An error of the look is the node's word; anything else is trouble. Neither tells what became of the task. */
    private static <T> CompletionStage<T> lostSight(Upid upid, Reply reply) {
        return CompletableFuture.failedFuture(lost(reply, "task " + upid + " was accepted, then: " + reply));
    }

    private static WayTroubleException lost(Reply reply, String what) {
        Told.Lost told = new Told.Lost(what);
        return reply.answered() ? WayTroubleException.answered(told) : new WayTroubleException(told);
    }

    /** A guest that high availability looks after: its task only queued the wish, and its own state counts. */
    CompletionStage<Told> guest(Node node, NodeAsk.State guest, String wanted, String queued, long until) {
        return await(
                until,
                queued + ", which only queued it; the guest is not " + wanted + " at the limit",
                () -> calls.send(node, Request.status(node.nodeName(), guest.form(), guest.vmid()), LOOK)
                        .thenCompose(reply -> {
                            if (!(reply instanceof Reply.Data told)) {
                                return CompletableFuture.failedFuture(lost(reply, queued + ", then: " + reply));
                            }
                            String word = told.data().path("status").asText();
                            return CompletableFuture.completedFuture(
                                    word.equals(wanted)
                                            ? Optional.of(new Told.Done(queued + "; the guest is " + wanted))
                                            : Optional.<Told>empty());
                        }));
    }

    private CompletionStage<Told> await(long until, String late, Moment moment) {
        Supplier<CompletionStage<Told>> again = () -> await(until, late, moment);
        return moment.look().thenCompose(seen -> {
            if (seen.isPresent()) {
                return CompletableFuture.completedFuture(seen.get());
            }
            return pace.nanos() >= until
                    ? CompletableFuture.completedFuture(new Told.Lost(late))
                    : pace.after(PAUSE).thenCompose(passed -> again.get());
        });
    }
}
