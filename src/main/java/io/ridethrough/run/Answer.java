package io.ridethrough.run;

/** What a target said to an act. Only a new look tells whether it worked. */
public sealed interface Answer {
    String evidence();

    /** Whether it certainly did not arrive, so that another way may be taken (R19). */
    default boolean isUnheard() {
        return this instanceof Undelivered || this instanceof Resting || this instanceof Barred;
    }

    /** It took the command, or says it is done. */
    record Accepted(String evidence) implements Answer {}

    /** Nothing was sent: it does it by itself, when its time has come. Whoever stops the run need not wait for it. */
    record Awaited(String evidence) implements Answer {}

    /** It said no: a conflict, a lock, a bad argument. Not a fault of the connection. */
    record Declined(String evidence) implements Answer {}

    /** The request may or may not have arrived or may still run (R19). */
    record Lost(String evidence) implements Answer {}

    /** It certainly was not delivered: no connection. */
    record Undelivered(String evidence) implements Answer {}

    /** It was not delivered: the login was refused, and is shown again once it has rested (R25). */
    record Resting(String evidence) implements Answer {}

    /** It was not delivered and will not be before a person mends the way: another host key, a
     * refused token (R25), or something that no further try makes better. */
    record Barred(String evidence) implements Answer {}
}
