package io.ridethrough.graph;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * An immutable directed graph whose edges say "needs". Every answer is a function of the vertices and edges alone: the
 * order in which they were added changes nothing. V and E below are the numbers of vertices and edges.
 */
public final class Graph<T extends Comparable<? super T>> {
    private final List<T> vertices;
    private final Map<T, Integer> indices;
    private final int[][] needs;

    private Graph(List<T> sorted, Map<T, Integer> indices, int[][] needs) {
        this.vertices = sorted;
        this.indices = indices;
        this.needs = needs;
    }

    /** The longest chain by weight: first to last, each needed by the next. */
    public record Path<T>(List<T> vertices, Duration length) {
        public Path {
            vertices = List.copyOf(vertices);
        }
    }

    /** Collects vertices and edges. */
    public static final class Builder<T extends Comparable<? super T>> {
        private final TreeMap<T, TreeSet<T>> edges = new TreeMap<>();

        /** Adds a vertex; adding it again changes nothing. */
        public Builder<T> vertex(T vertex) {
            edges.computeIfAbsent(vertex, at -> new TreeSet<>());
            return this;
        }

        /** Says that {@code from} needs {@code to}; both become vertices. */
        public Builder<T> edge(T from, T to) {
            vertex(to).edges.computeIfAbsent(from, at -> new TreeSet<>()).add(to);
            return this;
        }

        /** Adds all vertices and edges of a graph. */
        public Builder<T> all(Graph<T> graph) {
            for (T vertex : graph.vertices()) {
                vertex(vertex);
                graph.needs(vertex).forEach(need -> edge(vertex, need));
            }
            return this;
        }

        /** O((V + E) log V). */
        public Graph<T> build() {
            List<T> sorted = List.copyOf(edges.keySet());
            Map<T, Integer> indices = new HashMap<>();
            sorted.forEach(vertex -> indices.put(vertex, indices.size()));
            int[][] needs = new int[sorted.size()][];
            int at = 0;
            for (TreeSet<T> targets : edges.values()) {
                needs[at++] = targets.stream()
                        .mapToInt(target -> indices.getOrDefault(target, -1))
                        .toArray();
            }
            return new Graph<>(sorted, indices, needs);
        }
    }

    public static <T extends Comparable<? super T>> Builder<T> builder() {
        return new Builder<>();
    }

    /** All vertices, sorted. */
    public List<T> vertices() {
        return vertices;
    }

    /** What a vertex needs directly; empty for what is no vertex. O(needs log needs). */
    public NavigableSet<T> needs(T vertex) {
        Integer index = indices.get(vertex);
        TreeSet<T> found = new TreeSet<>();
        if (index != null) {
            Arrays.stream(needs[index]).mapToObj(vertices::get).forEach(found::add);
        }
        return found;
    }

    /** The same vertices with every edge turned round. O(V + E). */
    public Graph<T> reversed() {
        return new Graph<>(vertices, indices, dependents());
    }

    /**
     * Every vertex after all it needs; among those that could come next, the smallest. O((V + E) log V).
     *
     * @throws IllegalArgumentException when there is a cycle; the message shows every cycle
     */
    public List<T> order() {
        int[] order = indexOrder();
        if (order.length < vertices.size()) {
            throw new IllegalArgumentException("cycles: " + cycles());
        }
        return Arrays.stream(order).mapToObj(vertices::get).toList();
    }

    /**
     * The cycles, each as a path that begins and ends with its smallest vertex, sorted. Every edge that lies on any
     * cycle is on at least one of them; each is the shortest through one of its edges. O(V + E) without cycles,
     * otherwise O(E (V + E)).
     */
    public List<List<T>> cycles() {
        BitSet suspects = new BitSet(vertices.size());
        suspects.set(0, vertices.size());
        Arrays.stream(indexOrder()).forEach(suspects::clear);
        return new Cycles(needs, suspects)
                .all().stream()
                        .map(cycle -> cycle.stream().map(vertices::get).toList())
                        .toList();
    }

    /** The given vertices and everything they need, directly or not. O(V + E). */
    public NavigableSet<T> reach(Collection<T> from) {
        BitSet seen = new BitSet(vertices.size());
        Deque<Integer> open = new ArrayDeque<>();
        for (T vertex : from) {
            Integer index = indices.get(vertex);
            if (index != null && !seen.get(index)) {
                seen.set(index);
                open.add(index);
            }
        }
        while (!open.isEmpty()) {
            for (int need : needs[open.remove()]) {
                if (!seen.get(need)) {
                    seen.set(need);
                    open.add(need);
                }
            }
        }
        TreeSet<T> reached = new TreeSet<>();
        seen.stream().mapToObj(vertices::get).forEach(reached::add);
        return reached;
    }

    /**
     * The graph of the kept vertices alone, in which one needs another, directly or not, exactly if it did so here
     * through whatever was left out; with the fewest edges that say so. O((V + E) V / 64) time, O(V V / 8) bytes.
     *
     * @throws IllegalArgumentException when there is a cycle
     */
    public Graph<T> reducedTo(Collection<T> kept) {
        BitSet stays = new BitSet(vertices.size());
        kept.stream()
                .map(vertex -> indices.getOrDefault(vertex, -1))
                .filter(i -> i >= 0)
                .forEach(stays::set);
        order();
        Reduction reduction = new Reduction(needs, stays);
        Builder<T> reduced = builder();
        for (int vertex : indexOrder()) {
            BitSet nearest = reduction.add(vertex);
            if (stays.get(vertex)) {
                reduced.vertex(vertices.get(vertex));
                nearest.stream().forEach(need -> reduced.edge(vertices.get(vertex), vertices.get(need)));
            }
        }
        return reduced.build();
    }

    /**
     * The longest chain when each vertex takes its weight; among equals the one of the smallest vertices. O((V + E) log
     * V).
     *
     * @throws IllegalArgumentException when there is a cycle
     */
    public Path<T> criticalPath(Function<T, Duration> weight) {
        Map<T, Duration> ends = new HashMap<>();
        Map<T, T> before = new HashMap<>();
        List<T> last = new ArrayList<>();
        Duration longest = Duration.ZERO;
        for (T vertex : order()) {
            Duration begin = Duration.ZERO;
            for (T need : needs(vertex)) {
                Duration end = ends.getOrDefault(need, Duration.ZERO);
                if (end.compareTo(begin) > 0 || !before.containsKey(vertex)) {
                    begin = end;
                    before.put(vertex, need);
                }
            }
            Duration end = begin.plus(weight.apply(vertex));
            ends.put(vertex, end);
            if (last.isEmpty() || end.compareTo(longest) > 0) {
                last = List.of(vertex);
                longest = end;
            }
        }
        Deque<T> chain = new ArrayDeque<>(last);
        while (!chain.isEmpty() && before.containsKey(chain.getFirst())) {
            chain.addFirst(before.get(chain.getFirst()));
        }
        return new Path<>(List.copyOf(chain), longest);
    }

    private int[][] dependents() {
        int[] counts = new int[needs.length];
        Arrays.stream(needs).flatMapToInt(Arrays::stream).forEach(need -> counts[need]++);
        int[][] dependents = new int[needs.length][];
        Arrays.setAll(dependents, i -> new int[counts[i]]);
        for (int vertex = needs.length - 1; vertex >= 0; vertex--) {
            for (int need : needs[vertex]) {
                dependents[need][--counts[need]] = vertex;
            }
        }
        return dependents;
    }

    /** Kahn's algorithm: shorter than the graph when there is a cycle. */
    private int[] indexOrder() {
        int[][] dependents = dependents();
        int[] open = Arrays.stream(needs).mapToInt(each -> each.length).toArray();
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < open.length; i++) {
            if (open[i] == 0) {
                ready.add(i);
            }
        }
        int[] order = new int[open.length];
        int placed = 0;
        while (!ready.isEmpty()) {
            int next = ready.remove();
            order[placed++] = next;
            for (int dependent : dependents[next]) {
                if (--open[dependent] == 0) {
                    ready.add(dependent);
                }
            }
        }
        return Arrays.copyOf(order, placed);
    }
}
