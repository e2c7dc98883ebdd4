package io.ridethrough.contract.load;

import java.util.Comparator;
import java.util.Optional;

/**
 * What is wrong, where, and what to do about it.
 *
 * @param file the path as people see it, for example {@code contracts/sites/home/guests.yaml}
 * @param line counts from 1
 * @param column counts from 1, in code points
 * @param what one sentence without a full stop
 * @param toDo what mends it, shown under the place; may be empty
 * @param source the line itself; empty when the file could not be read as text
 */
public record Diagnostic(
        String file, int line, int column, Severity severity, String what, String toDo, Optional<String> source)
        implements Comparable<Diagnostic> {
    private static final int WIDEST = 160;
    private static final Comparator<Diagnostic> ORDER = Comparator.comparing(Diagnostic::file)
            .thenComparingInt(Diagnostic::line)
            .thenComparingInt(Diagnostic::column)
            .thenComparing(Diagnostic::severity)
            .thenComparing(Diagnostic::what)
            .thenComparing(Diagnostic::toDo);

    /** Whether it keeps the contracts from being taken over. */
    public enum Severity {
        ERROR,
        WARNING;

        String word() {
            return this == ERROR ? "error" : "warning";
        }
    }

    /** By file, line and column. */
    @Override
    public int compareTo(Diagnostic other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column: error: what}, then the line with a caret under the place; no line break at the end. */
    public String render() {
        String head = file + ":" + line + ":" + column + ": " + severity.word() + ": " + what;
        if (source.isEmpty()) {
            return toDo.isEmpty() ? head : head + ". " + Character.toUpperCase(toDo.charAt(0)) + toDo.substring(1);
        }
        int[] shown = source.get().codePoints().map(Diagnostic::printable).toArray();
        int from = column > WIDEST - 40 ? Math.min(shown.length, column - WIDEST / 2) : 0;
        int width = Math.min(shown.length - from, WIDEST);
        String text = new String(shown, from, width);
        String gap = " ".repeat(Math.max(0, column - 1 - from));
        String caret = toDo.isEmpty() ? "^" : "^ " + toDo;
        return "%s%n%5d | %s%n%5s | %s%s"
                .formatted(head, line, text, "", gap, caret)
                .replace("\r\n", "\n");
    }

    /** A control character would move the caret, or the reader's terminal. */
    private static int printable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c;
    }
}
