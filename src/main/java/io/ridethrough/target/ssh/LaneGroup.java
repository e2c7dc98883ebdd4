package io.ridethrough.target.ssh;

import io.ridethrough.target.ssh.CommandResult.Cause;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/**
 * The kept connections of one host that some lanes share, and the commands that wait for a place on them. Opens a
 * further connection when all are full, up to its bound; then commands wait in order.
 */
final class LaneGroup implements KeptConnection.Owner {
    private static final int MOST_REFUSALS = 16;

    private final Kept kept;
    private final LinkState link;
    private final Supplier<CompletionStage<Connector.Attempt>> connector;
    private final Map<Lane, Deque<Ticket>> waiting = new EnumMap<>(Lane.class);
    private final List<KeptConnection> standing = new ArrayList<>();
    private int coming;
    private boolean closed;

    /** Lanes are served in the order given. */
    LaneGroup(Kept kept, LinkState link, Supplier<CompletionStage<Connector.Attempt>> connector, List<Lane> lanes) {
        this.kept = kept;
        this.link = link;
        this.connector = connector;
        lanes.forEach(lane -> waiting.put(lane, new ArrayDeque<>()));
    }

    void submit(Ticket ticket) {
        long wait = kept.limits().patience().onTheWall(ticket.command.limit()).toNanos();
        ticket.boundBy(kept.timers().schedule(() -> waitedTooLong(ticket), wait, TimeUnit.NANOSECONDS));
        boolean room;
        synchronized (this) {
            room = waitingCount() < kept.limits().queue() && !closed;
            if (room) {
                queue(ticket.command.lane()).addLast(ticket);
            }
        }
        if (!room) {
            ticket.undelivered(Cause.BUSY, kept.limits().queue() + " commands wait for this host already");
        }
        serve();
    }

    /**
     * Opens connections one after the other until {@code sideBySide} commands find a place, within the bound; completes
     * when they stand or a try failed.
     */
    CompletionStage<Void> open(int sideBySide) {
        int channels = kept.limits().channels();
        int wanted = Math.min(kept.limits().connections(), (sideBySide + channels - 1) / channels);
        int before;
        synchronized (this) {
            before = standing.size();
            if (before + coming >= wanted || closed) {
                return CompletableFuture.completedStage(null);
            }
            coming++;
        }
        return connect().thenCompose(done -> {
            boolean stands;
            synchronized (this) {
                stands = standing.size() > before;
            }
            return stands ? open(sideBySide) : CompletableFuture.completedStage(null);
        });
    }

    void close() {
        List<KeptConnection> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(standing);
        }
        all.forEach(connection -> connection.session().close(false));
        failWaiting(new ConnectFailure(HostLink.State.IDLE, "the connections are being closed"));
    }

    private void serve() {
        List<Runnable> work = new ArrayList<>();
        synchronized (this) {
            waiting.forEach((lane, queue) -> placeAll(lane, queue, work));
            while (!closed
                    && waitingCount() > coming * kept.limits().channels()
                    && standing.size() + coming < kept.limits().connections()) {
                coming++;
                work.add(this::connect);
            }
        }
        work.forEach(Runnable::run);
    }

    private void placeAll(Lane lane, Deque<Ticket> queue, List<Runnable> work) {
        while (!queue.isEmpty()) {
            Ticket next = queue.element();
            if (!next.isAnswered()) {
                KeptConnection place = placeFor(lane);
                if (place == null) {
                    return;
                }
                place.used++;
                work.add(() -> place.send(next));
            }
            queue.remove();
        }
    }

    private @Nullable KeptConnection placeFor(Lane lane) {
        int reserved = lane == Lane.LOOK ? kept.limits().forcedReserve() : 0;
        for (KeptConnection connection : standing) {
            if (connection.used < Math.max(1, connection.most - reserved)) {
                return connection;
            }
        }
        return null;
    }

    private CompletionStage<Void> connect() {
        return connector.get().thenAccept(attempt -> {
            ClientSession session = attempt.session();
            if (session == null) {
                failed(attempt.failure());
            } else {
                stands(session, attempt.story());
            }
        });
    }

    private void stands(ClientSession session, Connector.Story story) {
        KeptConnection connection = new KeptConnection(kept, session, this);
        link.connected();
        boolean late;
        synchronized (this) {
            coming--;
            late = closed;
            standing.add(connection);
        }
        session.addCloseFutureListener(gone -> lost(connection, story));
        if (late) {
            session.close(true);
        }
        serve();
    }

    private void lost(KeptConnection connection, Connector.Story story) {
        boolean ours;
        synchronized (this) {
            standing.remove(connection);
            ours = closed;
        }
        story.ended(ours, link);
        serve();
    }

    private void failed(ConnectFailure failure) {
        link.failed(failure);
        boolean hopeless;
        synchronized (this) {
            coming--;
            hopeless = standing.isEmpty() && coming == 0;
        }
        if (hopeless) {
            failWaiting(failure);
        }
    }

    private void failWaiting(ConnectFailure failure) {
        List<Ticket> all = new ArrayList<>();
        synchronized (this) {
            for (Deque<Ticket> queue : waiting.values()) {
                all.addAll(queue);
                queue.clear();
            }
        }
        all.forEach(ticket -> ticket.undelivered(failure.cause(), failure.why()));
    }

    private void waitedTooLong(Ticket ticket) {
        boolean connected;
        synchronized (this) {
            queue(ticket.command.lane()).remove(ticket);
            connected = !standing.isEmpty();
        }
        String within = " within the " + ticket.command.limit().toMillis() + " ms the command has";
        ticket.undelivered(
                connected ? Cause.BUSY : Cause.UNREACHABLE,
                (connected ? "no channel became free" : "no connection came to stand") + within);
    }

    @Override
    public void released(KeptConnection connection) {
        synchronized (this) {
            connection.used--;
        }
        serve();
    }

    @Override
    public void notSent(KeptConnection connection, Ticket ticket, boolean full) {
        boolean again;
        synchronized (this) {
            connection.used--;
            if (full) {
                connection.most = Math.max(1, Math.min(connection.most - 1, connection.used));
            } else {
                standing.remove(connection);
            }
            // A dead connection is replaced once. A full one shrinks with every refusal until it fits its host.
            again = ticket.countFailedSend() <= (full ? MOST_REFUSALS : 1);
            if (again && !ticket.isAnswered()) {
                queue(ticket.command.lane()).addFirst(ticket);
            }
        }
        if (!again) {
            ticket.undelivered(
                    Cause.UNREACHABLE,
                    full ? "the host refuses every channel" : "the connection ended before anything was sent");
        }
        serve();
    }

    private int waitingCount() {
        return waiting.values().stream().mapToInt(Deque::size).sum();
    }

    private Deque<Ticket> queue(Lane lane) {
        Deque<Ticket> queue = waiting.get(lane);
        if (queue == null) {
            throw new IllegalArgumentException(lane + " does not travel here");
        }
        return queue;
    }
}
