package io.ridethrough.run;

/** What the far side knows of a command that a process of ours may have sent before it died (R19). */
public sealed interface Trace {
    String evidence();

    /** It got the command: it must not be sent again. */
    record Arrived(String evidence) implements Trace {}

    /** It never got the command: sending it is no repetition. */
    record NeverArrived(String evidence) implements Trace {}

    /** It keeps no record that we can read. */
    record Untold(String evidence) implements Trace {}
}
