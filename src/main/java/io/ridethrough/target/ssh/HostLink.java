package io.ridethrough.target.ssh;

import java.util.OptionalLong;

/**
 * What is known of the connection to a host, as evidence (R20). Times are of the monotonic clock that the connections
 * were given.
 *
 * @param since when it became so
 * @param why the reason in words; empty when there is nothing to say
 * @param closedByPeerAt when the peer last closed a kept connection itself; empty while one stands
 */
public record HostLink(State state, long since, String why, OptionalLong closedByPeerAt) {
    /** How a link stands. */
    public enum State {
        /** Nothing was tried yet, or we closed it ourselves. */
        IDLE,
        /** A kept connection stands. */
        CONNECTED,
        /** The peer closed the last one: it ended, it did not fall silent. */
        CLOSED_BY_PEER,
        /** The last try to connect was refused by the host: it is up, its SSH is not. */
        REFUSED,
        /** No answer: the last try to connect, or the kept connection, met silence. */
        UNREACHABLE,
        /** The host showed a key that is not the pinned one. Nothing was sent to it. */
        HOST_KEY,
        /** The host refused our login. */
        LOGIN
    }
}
