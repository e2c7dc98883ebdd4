package io.ridethrough.realparts;

import java.util.Comparator;

/**
 * One line of a host's own log.
 *
 * @param at nanoseconds since the epoch, by the clock that all hosts under test share
 */
public record Moment(String host, long at, String what) implements Comparable<Moment> {
    /** Reads {@code <nanoseconds> <what>}. */
    static Moment of(String host, String line) {
        int space = line.indexOf(' ');
        return new Moment(host, Long.parseLong(line.substring(0, space)), line.substring(space + 1));
    }

    @Override
    public int compareTo(Moment other) {
        return Comparator.comparingLong(Moment::at)
                .thenComparing(Moment::host)
                .thenComparing(Moment::what)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return "%d.%03d %s: %s".formatted(at / 1_000_000_000, at / 1_000_000 % 1000, host, what);
    }
}
