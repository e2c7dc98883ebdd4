package io.ridethrough.target.way;

/** What came of asking a target, whichever way it was asked. */
public sealed interface Told {
    /** What a look showed; each kind of target has its own. */
    non-sealed interface Seen extends Told {}

    /** Done, or so already. */
    record Done(String evidence) implements Told {}

    /** The target said no. */
    record Declined(String evidence) implements Told {}

    /** It may have been sent and may still go on: only a look tells. */
    record Lost(String evidence) implements Told {}

    /** It was certainly not done, and nothing can be told. */
    record Undelivered(String evidence) implements Told {}

    /** It was certainly not done, and will not be until a person has seen to the login or the identity. */
    record Barred(String evidence) implements Told {}

    /** It was certainly not done: the login was refused, and rests until it is shown again. */
    record Resting(String evidence) implements Told {}

    /** What the target or the way said, on one line. */
    default String words() {
        if (this instanceof Done done) {
            return done.evidence();
        }
        if (this instanceof Declined no) {
            return no.evidence();
        }
        if (this instanceof Lost lost) {
            return lost.evidence();
        }
        if (this instanceof Undelivered none) {
            return none.evidence();
        }
        if (this instanceof Resting resting) {
            return resting.evidence();
        }
        return this instanceof Barred barred ? barred.evidence() : toString();
    }
}
