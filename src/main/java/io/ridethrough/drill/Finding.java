package io.ridethrough.drill;

import java.util.List;

/**
 * One expectation and whether it was met.
 *
 * @param expected a sentence, true when it is met
 * @param because what was seen: why it counts as met or not
 */
public record Finding(String expected, Verdict verdict, String because) {
    /** How an expectation was met. */
    public enum Verdict {
        MET,
        /** Not met, at the cost of time alone: nothing was lost. Does not fail the drill, and is told in it. */
        SHORT,
        /** Not met: a machine or its data was at stake. The drill has failed. */
        FAILED;

        /** As it is said aloud. */
        public String said() {
            return switch (this) {
                case MET -> "pass";
                case SHORT -> "short";
                case FAILED -> "FAIL";
            };
        }
    }

    /** Fails the drill where anything is wrong. */
    static Finding unless(List<String> wrong, String expected, String seen) {
        return of(wrong, Verdict.FAILED, expected, seen);
    }

    /** Costs time alone where anything is wrong. */
    static Finding shortIf(List<String> wrong, String expected, String seen) {
        return of(wrong, Verdict.SHORT, expected, seen);
    }

    private static Finding of(List<String> wrong, Verdict otherwise, String expected, String seen) {
        return wrong.isEmpty()
                ? new Finding(expected, Verdict.MET, seen)
                : new Finding(expected, otherwise, String.join("; ", wrong));
    }
}
