package io.ridethrough.run;

/** What the far side knows of a command that may have been sent, and was not answered (R19). */
public sealed interface Trace {
    String evidence();

    /** It got the command, and does or did it: it must not be sent again. */
    record Arrived(String evidence) implements Trace {}

    /** It got the command and ended it with an error: nothing of it runs any more. */
    record Failed(String evidence) implements Trace {}

    /** It never got the command: sending it is no repetition. */
    record NeverArrived(String evidence) implements Trace {}

    /** It keeps records, which cannot be read now: it must not be sent again. */
    record Unread(String evidence) implements Trace {}

    /** Nobody can tell, but the same once more does no more than the first: it may be sent again. */
    record Harmless(String evidence) implements Trace {}

    /** It keeps no record, or one that shows nothing. */
    record Untold(String evidence) implements Trace {}
}
