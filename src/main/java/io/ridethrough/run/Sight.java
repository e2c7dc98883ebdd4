package io.ridethrough.run;

/** What one look at an asset told. Emptiness, silence and errors are {@link Unseen}, never a state. */
public sealed interface Sight {
    /** What evidence begins with that rests on long silence alone (R20). */
    String INFERRED = "off (inferred)";

    /** In words for people. */
    String evidence();

    /** It is as the step wants it, proven. */
    record Desired(String evidence) implements Sight {}

    /** It is not as the step wants it (yet). */
    record Other(String evidence) implements Sight {}

    /** It contradicts its contract: acting would hit the wrong thing. */
    record Mismatch(String evidence) implements Sight {}

    /** It could not be seen. */
    record Unseen(String evidence) implements Sight {}
}
