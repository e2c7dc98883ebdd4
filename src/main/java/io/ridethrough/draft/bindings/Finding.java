package io.ridethrough.draft.bindings;

import java.util.List;

/**
 * Something in the bindings that a person should know.
 *
 * @param what one sentence without a full stop
 * @param sides each {@code file:line: what stands there}
 * @param chosen what the draft says because of it
 */
public record Finding(Kind kind, String what, List<String> sides, String chosen) {
    /** What sort of thing it is. */
    public enum Kind {
        /** Two places say different things. */
        CONTRADICTION("contradiction", "contradictions"),
        /** A place names what no other place declares. */
        DANGLING("dangling reference", "dangling references"),
        /** A place speaks of what is gone, switched off or planned. */
        STALE("stale entry", "stale entries"),
        /** No place says it, and it matters for safety. */
        ASSUMED("assumption", "assumptions");

        private final String one;
        private final String many;

        Kind(String one, String many) {
            this.one = one;
            this.many = many;
        }

        /** {@code 1 stale entry}, {@code 2 stale entries}. */
        public String counted(long number) {
            return number + " " + (number == 1 ? one : many);
        }

        String word() {
            return one;
        }
    }

    public Finding {
        sides = List.copyOf(sides);
    }

    /** For people: the sentence, each side on a line, what was chosen; a line break at the end. */
    public String render() {
        StringBuilder text =
                new StringBuilder(kind.word()).append(": ").append(what).append('\n');
        sides.forEach(side -> text.append("    ").append(side).append('\n'));
        return text.append("    -> ").append(chosen).append('\n').toString();
    }
}
