package io.ridethrough.target.proxmox;

/**
 * A way to a node is in trouble. Inside a route it is thrown, so that the node's circuit breaker counts it and another
 * way may answer; {@link #told} is the answer where there is no other, or where none may be tried.
 */
public final class NodeTroubleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient NodeTold told;

    /** It was certainly not done by this way. */
    public NodeTroubleException(NodeTold.Undelivered told) {
        super(told.evidence());
        this.told = told;
    }

    /** It may have been done by this way. */
    public NodeTroubleException(NodeTold.Lost told) {
        super(told.evidence());
        this.told = told;
    }

    public NodeTold told() {
        return told;
    }
}
