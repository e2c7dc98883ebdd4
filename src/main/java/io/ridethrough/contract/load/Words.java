package io.ridethrough.contract.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** How values are quoted in sentences, and which known word an unknown one was meant to be. */
final class Words {
    private static final int LONGEST = 80;

    private Words() {}

    /** In quotes, on one line, not longer than a line. */
    static String quoted(String value) {
        String line = value.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return '"' + line + (line.length() < value.length() ? "..." : "") + '"';
    }

    /** {@code did you mean "x"?}, or else the other advice. */
    static String meant(String wrong, Collection<String> known, String otherwise) {
        return nearest(wrong, known).map(n -> "did you mean " + quoted(n) + "?").orElse(otherwise);
    }

    static String listed(Collection<String> known) {
        return known.stream().map(Words::quoted).collect(Collectors.joining(", "));
    }

    /** The nearest word within a third of the length; the first in order of those equally near. */
    static Optional<String> nearest(String wrong, Collection<String> known) {
        if (wrong.length() > LONGEST) {
            return Optional.empty();
        }
        int reach = Math.max(1, wrong.length() / 3);
        record Near(String word, int distance) {}
        return known.stream()
                .filter(word -> Math.abs(word.length() - wrong.length()) <= reach)
                .map(word -> new Near(word, distance(wrong, word)))
                .filter(near -> near.distance <= reach)
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::word))
                .map(Near::word);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that make one word the other. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
