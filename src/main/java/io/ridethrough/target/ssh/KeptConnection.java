package io.ridethrough.target.ssh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.session.ConnectionService;

/** One standing, logged-in connection. The counts are guarded by the lane group that owns it. */
final class KeptConnection {
    private static final long LINGER_SECONDS = 2;

    /** Who counts the places: told exactly once per command, when its channel is gone. */
    interface Owner {
        void released(KeptConnection connection);

        /** Nothing of it left us; {@code full}: the host refused another channel. */
        void notSent(KeptConnection connection, Ticket ticket, boolean full);
    }

    private final Kept kept;
    private final ClientSession session;
    private final Owner owner;

    int used;
    int most;

    KeptConnection(Kept kept, ClientSession session, Owner owner) {
        this.kept = kept;
        this.session = session;
        this.owner = owner;
        most = kept.limits().channels();
    }

    ClientSession session() {
        return session;
    }

    /** Sends a command on a channel of its own; its place was counted before. */
    void send(Ticket ticket) {
        ExecChannel channel = new ExecChannel(ticket);
        BoundedOutput out = new BoundedOutput(kept.limits().output());
        BoundedOutput err = new BoundedOutput(kept.limits().output());
        channel.setOut(out);
        channel.setErr(err);
        Ending ending = new Ending(ticket, channel, out, err);
        try {
            channel.addChannelListener(ending);
            session.getService(ConnectionService.class).registerChannel(channel);
        } catch (IOException | RuntimeException e) {
            owner.notSent(this, ticket, false);
            return;
        }
        channel.addCloseFutureListener(closed -> ending.channelGone());
        try {
            channel.open().addListener(opened -> {
                if (opened.isOpened()) {
                    boundAnswer(ticket, channel, out, err);
                } else {
                    channel.close(true);
                }
            });
        } catch (IOException | RuntimeException e) {
            channel.close(true);
        }
    }

    private void boundAnswer(Ticket ticket, ExecChannel channel, BoundedOutput out, BoundedOutput err) {
        SshLimits limits = kept.limits();
        long wait = limits.scaledNanos(ticket.command.remoteBound())
                + limits.margin().toNanos();
        ticket.boundBy(kept.timers()
                .schedule(
                        () -> {
                            if (channel.getExitStatus() == null) {
                                ticket.ended(new CommandResult.Lost("no end within "
                                        + TimeUnit.NANOSECONDS.toMillis(wait) + " ms, past its own limit on the host"));
                            }
                            answer(ticket, channel, out, err);
                            channel.close(false);
                        },
                        wait,
                        TimeUnit.NANOSECONDS));
    }

    private static void answer(Ticket ticket, ExecChannel channel, BoundedOutput out, BoundedOutput err) {
        if (!channel.wasSent()) {
            return;
        }
        Integer status = channel.getExitStatus();
        if (status == null) {
            String signal = channel.getExitSignal();
            ticket.ended(new CommandResult.Lost(
                    signal == null
                            ? "the connection went away before the command ended"
                            : "signal " + signal + " ended it"));
        } else if (status == 124 || status == 137) {
            ticket.ended(new CommandResult.TimedOut(out.text(), err.text()));
        } else {
            ticket.ended(new CommandResult.Exited(status, out.text(), err.text()));
        }
    }

    /** Follows a channel to its end. */
    private final class Ending implements ChannelListener {
        private final Ticket ticket;
        private final ExecChannel channel;
        private final BoundedOutput out;
        private final BoundedOutput err;

        Ending(Ticket ticket, ExecChannel channel, BoundedOutput out, BoundedOutput err) {
            this.ticket = ticket;
            this.channel = channel;
            this.out = out;
            this.err = err;
        }

        void channelGone() {
            answer(ticket, channel, out, err);
            if (channel.wasSent()) {
                owner.released(KeptConnection.this);
            } else {
                owner.notSent(KeptConnection.this, ticket, channel.wasRefused());
            }
        }

        /** A child in the background may hold the output open after the command ended: do not wait for it long. */
        @Override
        public void channelStateChanged(Channel changed, String hint) {
            if (channel.getExitStatus() != null && !ticket.isAnswered()) {
                ticket.boundBy(kept.timers()
                        .schedule(
                                () -> {
                                    answer(ticket, channel, out, err);
                                    channel.close(false);
                                },
                                LINGER_SECONDS,
                                TimeUnit.SECONDS));
            }
        }
    }
}
