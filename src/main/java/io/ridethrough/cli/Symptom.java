package io.ridethrough.cli;

/**
 * One thing that the doctor looked at.
 *
 * @param toDo what mends it; empty when it is well
 */
record Symptom(Verdict verdict, String what, String toDo) {
    /** How bad it is. */
    enum Verdict {
        WELL("well "),
        /** It runs so, but not as safely as it should. */
        WEAK("weak "),
        WRONG("WRONG");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }
    }

    static Symptom well(String what) {
        return new Symptom(Verdict.WELL, what, "");
    }

    static Symptom weak(String what, String toDo) {
        return new Symptom(Verdict.WEAK, what, toDo);
    }

    static Symptom wrong(String what, String toDo) {
        return new Symptom(Verdict.WRONG, what, toDo);
    }

    boolean wrong() {
        return verdict == Verdict.WRONG;
    }

    /** One line, or two with what to do. */
    String render() {
        return verdict.word + "  " + what + (toDo.isEmpty() ? "" : "\n         " + toDo);
    }
}
