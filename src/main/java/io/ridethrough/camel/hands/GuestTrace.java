package io.ridethrough.camel.hands;

import io.ridethrough.run.Time;
import io.ridethrough.run.Trace;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeTask;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.proxmox.TaskEnd;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Asks a guest's node which tasks it has of that guest: what runs there is waited for, not sent again (R19). */
final class GuestTrace {
    /** What may still be on its way: a node's proxy gives up after 30 s (protocols 1.1). */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(35);
    /** By how much a node's clock may be behind ours. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    /** A command, by the tasks that are it, and those that lead to the same. A cluster's only queue the wish. */
    enum Sent {
        SHUTDOWN("(qm|vz)shutdown|hastop", "(qm|vz)stop"),
        STOP("(qm|vz)stop|hastop", ""),
        START("(qm|vz)start|hastart", "");

        private final String same;
        private final String alike;

        Sent(String same, String alike) {
            this.same = same;
            this.alike = alike;
        }

        private boolean is(NodeTask task) {
            return task.type().matches(same);
        }

        private boolean isDoneBy(NodeTask task) {
            return task.runs() && (is(task) || task.type().matches(alike));
        }
    }

    private final Guests guests;
    private final Time time;

    GuestTrace(Guests guests, Time time) {
        this.guests = guests;
        this.time = time;
    }

    /** What runs counts whoever began it; of what has ended, only what began no earlier than ours. */
    CompletionStage<Trace> of(Guests.OnNode at, Sent sent, Instant since) {
        int vmid = at.guest().vmid();
        return guests.ask(at, new NodeAsk.Tasks(vmid)).thenApply(told -> read(told, vmid, sent, since));
    }

    private Trace read(Told told, int vmid, Sent sent, Instant since) {
        if (!(told instanceof NodeTold.Tasks listed)) {
            return new Trace.Unread(
                    "its node's tasks cannot be read: " + Answers.of(told).evidence());
        }
        List<NodeTask> tasks =
                listed.tasks().stream().filter(task -> task.isOf(vmid)).toList();
        Optional<NodeTask> running = tasks.stream().filter(sent::isDoneBy).findFirst();
        return running.or(() -> tasks.stream()
                        .filter(task -> sent.is(task) && task.beganSince(since.minus(SKEW)))
                        .max(Comparator.comparing(NodeTask::started)))
                .map(GuestTrace::trace)
                .orElseGet(() -> unlisted(sent, since));
    }

    private static Trace trace(NodeTask task) {
        if (task.end() instanceof TaskEnd.Failed) {
            return new Trace.Failed("task " + task);
        }
        return task.end() instanceof TaskEnd.Untold
                ? new Trace.Untold("task " + task)
                : new Trace.Arrived("task " + task);
    }

    private Trace unlisted(Sent sent, Instant since) {
        Duration ago = Duration.between(since, time.now());
        String none = "its node lists no " + sent.name().toLowerCase(java.util.Locale.ROOT) + " of it";
        return ago.compareTo(ON_ITS_WAY) < 0
                ? new Trace.Untold(none + "; it may still be on its way")
                : new Trace.NeverArrived(none);
    }
}
