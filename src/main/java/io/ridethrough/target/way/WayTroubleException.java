package io.ridethrough.target.way;

/**
 * A way to a target is in trouble. Inside a route it is thrown, so that the target's circuit breaker counts it and
 * another way may answer; {@link #told} is the answer where there is no other, or where none may be tried.
 */
public final class WayTroubleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Told told;

    /** It was certainly not done by this way. */
    public WayTroubleException(Told.Undelivered told) {
        super(told.evidence());
        this.told = told;
    }

    /** It may have been done by this way. */
    public WayTroubleException(Told.Lost told) {
        super(told.evidence());
        this.told = told;
    }

    public Told told() {
        return told;
    }
}
