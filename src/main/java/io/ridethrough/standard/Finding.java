package io.ridethrough.standard;

import io.ridethrough.contract.Acceptance;

/** What was found of one control at one asset. */
public sealed interface Finding {
    /** The expectation is met. */
    record Holds(String evidence) implements Finding {}

    /** It is not met. */
    record Broken(String evidence) implements Finding {}

    /** It could not be seen: never counts as well. */
    record Unobservable(String why) implements Finding {}

    /** It does not hold, and somebody answers for that until a day. */
    record Accepted(Acceptance acceptance, String evidence) implements Finding {}

    /** One word for tables: {@code holds broken unobservable accepted}. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    /** Why it is so. */
    default String evidence() {
        if (this instanceof Holds holds) {
            return holds.evidence();
        }
        if (this instanceof Broken broken) {
            return broken.evidence();
        }
        if (this instanceof Unobservable unseen) {
            return unseen.why();
        }
        Accepted accepted = (Accepted) this;
        return accepted.evidence() + "; accepted by " + accepted.acceptance().owner() + " until "
                + accepted.acceptance().until() + ": " + accepted.acceptance().reason();
    }
}
