package io.ridethrough.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The search for cycles among the vertices that have no place in an order. */
final class Cycles {
    private record Edge(int from, int to) {}

    private final int[][] needs;
    private final BitSet suspects;

    Cycles(int[][] needs, BitSet suspects) {
        this.needs = needs;
        this.suspects = suspects;
    }

    /** A set of cycles in which every edge that lies on a cycle occurs; each begins and ends with its smallest vertex. */
    Set<List<Integer>> all() {
        Set<List<Integer>> found = new TreeSet<>(Cycles::byVertices);
        Set<Edge> covered = new HashSet<>();
        for (int from = suspects.nextSetBit(0); from >= 0; from = suspects.nextSetBit(from + 1)) {
            for (int to : needs[from]) {
                if (suspects.get(to) && !covered.contains(new Edge(from, to))) {
                    List<Integer> cycle = shortest(to, from);
                    for (int i = 0; i < cycle.size(); i++) {
                        covered.add(new Edge(cycle.get(i), cycle.get((i + 1) % cycle.size())));
                    }
                    if (!cycle.isEmpty()) {
                        Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
                        cycle.add(cycle.get(0));
                        found.add(cycle);
                    }
                }
            }
        }
        return found;
    }

    /** From {@code start} to {@code end} by needs, both included; empty when there is no way. O(V + E). */
    private List<Integer> shortest(int start, int end) {
        int[] from = new int[needs.length];
        Arrays.fill(from, -1);
        from[start] = start;
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty() && from[end] < 0) {
            int at = open.remove();
            for (int need : needs[at]) {
                if (suspects.get(need) && from[need] < 0) {
                    from[need] = at;
                    open.add(need);
                }
            }
        }
        List<Integer> way = new ArrayList<>();
        if (from[end] >= 0) {
            for (int at = end; at != start; at = from[at]) {
                way.add(at);
            }
            way.add(start);
            Collections.reverse(way);
        }
        return way;
    }

    private static int byVertices(List<Integer> left, List<Integer> right) {
        return Arrays.compare(
                left.stream().mapToInt(Integer::intValue).toArray(),
                right.stream().mapToInt(Integer::intValue).toArray());
    }
}
