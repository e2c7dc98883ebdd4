package io.ridethrough.target.way;

/**
 * A way to a target is in trouble. Inside a route it is thrown, so that the target's circuit breaker counts it and
 * another way may answer; {@link #told} is the answer where there is no other, or where none may be tried. Where the
 * target itself {@link #answered}, another way may answer still, but the breaker does not count it.
 */
public final class WayTroubleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Told told;
    private final boolean answered;

    private WayTroubleException(Told told, boolean answered) {
        super(told.words());
        this.told = told;
        this.answered = answered;
    }

    /** It was certainly not done by this way. */
    public WayTroubleException(Told.Undelivered told) {
        this(told, false);
    }

    /** It may have been done by this way. */
    public WayTroubleException(Told.Lost told) {
        this(told, false);
    }

    /** It was certainly not done by this way, since the target said so, or since this way has no such call. */
    public static WayTroubleException answered(Told.Undelivered told) {
        return new WayTroubleException(told, true);
    }

    /** It may have been done by this way: what the target answered does not tell. */
    public static WayTroubleException answered(Told.Lost told) {
        return new WayTroubleException(told, true);
    }

    public Told told() {
        return told;
    }

    /** Whether it is the target's own word (a no, a missing right, a call it does not have) and the way as such is well. */
    public boolean answered() {
        return answered;
    }
}
