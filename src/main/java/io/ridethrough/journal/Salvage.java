package io.ridethrough.journal;

import java.util.Set;

/**
 * Which records of a damaged journal go on to count.
 *
 * @param asWritten kinds that count where the record itself is as it was written
 * @param whatever kinds that count even where that cannot be told, since heeding them is the safe side
 */
public record Salvage(Set<String> asWritten, Set<String> whatever) {
    public Salvage {
        asWritten = Set.copyOf(asWritten);
        whatever = Set.copyOf(whatever);
    }

    boolean keeps(Entry entry) {
        boolean same = entry.hash().equals(Rows.hash(entry));
        return whatever.contains(entry.kind()) || (same && asWritten.contains(entry.kind()));
    }
}
