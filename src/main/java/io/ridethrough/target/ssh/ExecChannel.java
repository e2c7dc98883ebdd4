package io.ridethrough.target.ssh;

import java.io.IOException;
import java.util.Map;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.util.buffer.Buffer;

/** A channel for one command. It sends the command only if it may still claim it, and knows whether it did. */
final class ExecChannel extends ChannelExec {
    private final Ticket ticket;
    private volatile boolean sent;
    private volatile boolean refused;

    ExecChannel(Ticket ticket) {
        super(ticket.command.line(), null, Map.of());
        this.ticket = ticket;
    }

    @Override
    protected void doOpen() throws IOException {
        if (!ticket.claim()) {
            throw new IOException("answered before it was sent");
        }
        sent = true;
        super.doOpen();
    }

    @Override
    public void handleOpenFailure(Buffer buffer) {
        refused = true;
        super.handleOpenFailure(buffer);
    }

    /** Whether the host takes no further channel on this connection: its MaxSessions are in use. */
    boolean wasRefused() {
        return refused;
    }

    /** Whether any of the command may have left us. */
    boolean wasSent() {
        return sent;
    }
}
