package io.ridethrough.run;

/**
 * How a step settled. Every step settles exactly once.
 */
public sealed interface Outcome {
    /** What was seen, in words for people. */
    String evidence();

    /** Whether those who need this step may go on: it was seen to be well, or a person lets them (R33). */
    default boolean satisfied() {
        return seen() || isPersonsWord();
    }

    /** Whether we saw the desired state. */
    default boolean seen() {
        return this instanceof Done || this instanceof AlreadyDone;
    }

    /** Whether a person settled it, and nobody saw it. */
    default boolean isPersonsWord() {
        return this instanceof Skipped || this instanceof SaidDone;
    }

    /** The word in journal and receipts. */
    default String word() {
        return getClass().getSimpleName();
    }

    /** We acted, and then saw the desired state. {@code forced} when grace did not do. */
    record Done(String evidence, boolean forced) implements Outcome {}

    /** The desired state was there before we acted. */
    record AlreadyDone(String evidence) implements Outcome {}

    /** We did not act, on purpose. */
    record Refused(String evidence) implements Outcome {}

    /** We acted or looked, and saw that it is not as desired. */
    record Failed(String evidence) implements Outcome {}

    /** A person has it left out; what needs it goes on all the same (R33). */
    record Skipped(String evidence) implements Outcome {}

    /** A person says that it is done; we did not see it (R33). */
    record SaidDone(String evidence) implements Outcome {}

    /** We cannot tell (R19, R20). Never counted as done. */
    record Unknown(String evidence) implements Outcome {}
}
