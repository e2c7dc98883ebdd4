package io.ridethrough.graph;

import java.util.Arrays;
import java.util.BitSet;

/** What each vertex needs of the kept ones: in all, and nearest. Vertices are added after all they need. */
final class Reduction {
    private final int[][] needs;
    private final BitSet kept;
    private final BitSet[] below;
    private final BitSet[] nearest;

    Reduction(int[][] needs, BitSet kept) {
        this.needs = needs;
        this.kept = kept;
        this.below = new BitSet[needs.length];
        this.nearest = new BitSet[needs.length];
        Arrays.setAll(below, i -> new BitSet());
        Arrays.setAll(nearest, i -> new BitSet());
    }

    /** The kept vertices that this one needs and that nothing else it needs stands before. */
    BitSet add(int vertex) {
        BitSet candidates = new BitSet();
        BitSet further = new BitSet();
        for (int need : needs[vertex]) {
            if (kept.get(need)) {
                candidates.set(need);
            } else {
                candidates.or(nearest[need]);
            }
        }
        for (int one = candidates.nextSetBit(0); one >= 0; one = candidates.nextSetBit(one + 1)) {
            if (!further.get(one)) {
                further.or(below[one]);
            }
        }
        BitSet all = (BitSet) further.clone();
        all.or(candidates);
        candidates.andNot(further);
        below[vertex] = all;
        nearest[vertex] = candidates;
        return candidates;
    }
}
