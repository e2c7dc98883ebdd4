package io.ridethrough.target.ssh;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** How the link to one host stands, told by its connections. */
final class LinkState {
    private final LongSupplier nanos;
    private int standing;
    private OptionalLong farewell = OptionalLong.empty();
    private HostLink link;

    LinkState(LongSupplier nanos) {
        this.nanos = nanos;
        link = new HostLink(HostLink.State.IDLE, nanos.getAsLong(), "", OptionalLong.empty());
    }

    synchronized HostLink now() {
        return link;
    }

    synchronized void connected() {
        standing++;
        farewell = OptionalLong.empty();
        link = new HostLink(HostLink.State.CONNECTED, nanos.getAsLong(), "", OptionalLong.empty());
    }

    synchronized void closedByPeer(String why) {
        farewell = OptionalLong.of(nanos.getAsLong());
        ended(HostLink.State.CLOSED_BY_PEER, why);
    }

    synchronized void fellSilent(String why) {
        ended(HostLink.State.UNREACHABLE, why);
    }

    synchronized void closedByUs() {
        ended(HostLink.State.IDLE, "closed by us");
    }

    /** While another connection stands the host is there, whatever one of them came to. */
    private void ended(HostLink.State state, String why) {
        standing--;
        link = standing > 0
                ? new HostLink(HostLink.State.CONNECTED, link.since(), "", OptionalLong.empty())
                : new HostLink(state, nanos.getAsLong(), why, farewell);
    }

    /** A try to connect failed; what stands already goes on standing. */
    synchronized void failed(ConnectFailure failure) {
        if (standing == 0) {
            link = new HostLink(failure.state(), nanos.getAsLong(), failure.why(), farewell);
        }
    }
}
