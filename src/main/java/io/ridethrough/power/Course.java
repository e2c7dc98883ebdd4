package io.ridethrough.power;

/** Which way a site was last sent because of its power; after a restart folded from the journal. */
public enum Course {
    /** Nothing was taken down, or it was brought up again: an outage calls for a shutdown. */
    UP,
    /** A shutdown was begun for this outage: only a return calls for something. */
    DOWN,
    /**
     * A shutdown was called off since mains was back (R13), or a part was shed (R11): a return calls for a startup, and
     * mains that is away for a shutdown.
     */
    PARTLY_DOWN
}
