package io.ridethrough.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class GraphTest {
    /** Reads {@code "a>b c>d e"}: a needs b, c needs d, e stands alone. */
    private static Graph<String> graph(String text) {
        Graph.Builder<String> builder = Graph.builder();
        for (String part : text.split(" ", -1)) {
            String[] ends = part.split(">", -1);
            builder.vertex(ends[0]);
            for (int i = 1; i < ends.length; i++) {
                builder.edge(ends[i - 1], ends[i]);
            }
        }
        return builder.build();
    }

    @Test
    void ordersEveryVertexAfterWhatItNeedsAndTheSmallestFirst() {
        assertThat(graph("c>a b>a d>c d>b 0").order()).containsExactly("0", "a", "b", "c", "d");
        assertThat(graph("a>z b").order()).containsExactly("b", "z", "a");
    }

    @Test
    void showsEveryCycleAsAPathFromItsSmallestVertex() {
        Graph<String> graph = graph("b>c>a>b x>y>x y>z>y s>s free>a x>a");

        assertThat(graph.cycles())
                .containsExactly(
                        List.of("a", "b", "c", "a"), List.of("s", "s"), List.of("x", "y", "x"), List.of("y", "z", "y"));
        assertThatThrownBy(graph::order)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[a, b, c, a]");
        assertThatThrownBy(() -> graph.reducedTo(List.of("a"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(graph("a>b b>c a>c").cycles()).isEmpty();
    }

    @Test
    void reachesWhatIsNeededDirectlyOrNot() {
        Graph<String> graph = graph("a>b>c d>c e");

        assertThat(graph.reach(List.of("a"))).containsExactly("a", "b", "c");
        assertThat(graph.reversed().reach(List.of("c"))).containsExactly("a", "b", "c", "d");
        assertThat(graph.reach(List.of("nobody"))).isEmpty();
        assertThat(graph.needs("a")).containsExactly("b");
        assertThat(graph.needs("nobody")).isEmpty();
    }

    @Test
    void transmitsOrderThroughVerticesThatAreLeftOut() {
        Graph<String> reduced = graph("a>m>n>z b>m a>z").reducedTo(List.of("a", "b", "z"));

        assertThat(reduced.vertices()).containsExactly("a", "b", "z");
        assertThat(reduced.needs("a")).containsExactly("z");
        assertThat(reduced.needs("b")).containsExactly("z");
    }

    @Test
    void keepsOnlyTheEdgesThatSayTheOrder() {
        Graph<String> reduced = graph("a>b>c a>c").reducedTo(List.of("a", "b", "c"));

        assertThat(reduced.needs("a")).containsExactly("b");
        assertThat(reduced.needs("b")).containsExactly("c");
    }

    @Test
    void findsTheLongestChain() {
        Map<String, Integer> seconds = Map.of("a", 1, "b", 5, "c", 2, "d", 4);

        Graph.Path<String> path =
                graph("a>b a>c>d e").criticalPath(v -> Duration.ofSeconds(seconds.getOrDefault(v, 0)));

        assertThat(path.vertices()).containsExactly("d", "c", "a");
        assertThat(path.length()).isEqualTo(Duration.ofSeconds(7));
        assertThat(Graph.<String>builder()
                        .build()
                        .criticalPath(v -> Duration.ZERO)
                        .vertices())
                .isEmpty();
    }

    @Test
    void isTheSameInWhateverOrderItWasBuilt() {
        for (long seed = 0; seed < 50; seed++) {
            List<String> edges = new ArrayList<>(List.of(acyclic(seed, 30, 80).split(" ", -1)));
            Graph<String> one = graph(String.join(" ", edges));
            Collections.shuffle(edges, new Random(seed));
            Graph<String> other = graph(String.join(" ", edges));

            assertThat(other.order()).as("seed %d", seed).isEqualTo(one.order());
            assertThat(other.criticalPath(GraphTest::weight)).isEqualTo(one.criticalPath(GraphTest::weight));
        }
    }

    @Test
    void keepsReachabilityExactlyInAnyReduction() {
        for (long seed = 0; seed < 100; seed++) {
            Graph<String> graph = graph(acyclic(seed, 25, 70));
            Random random = new Random(seed);
            List<String> kept =
                    graph.vertices().stream().filter(v -> random.nextBoolean()).toList();

            Graph<String> reduced = graph.reducedTo(kept);

            for (String vertex : kept) {
                NavigableSet<String> expected = new TreeSet<>(graph.reach(List.of(vertex)));
                expected.retainAll(kept);
                assertThat(reduced.reach(List.of(vertex)))
                        .as("seed %d, %s", seed, vertex)
                        .isEqualTo(expected);
                for (String need : reduced.needs(vertex)) {
                    NavigableSet<String> others = new TreeSet<>(reduced.needs(vertex));
                    others.remove(need);
                    assertThat(reduced.reach(others))
                            .as("seed %d, %s", seed, vertex)
                            .doesNotContain(need);
                }
            }
        }
    }

    @Test
    @Timeout(20)
    void takesAChainAndAWideGraphOfTwentyThousandInItsStride() {
        Graph.Builder<Integer> builder = Graph.builder();
        for (int i = 1; i < 20_000; i++) {
            builder.edge(i, i - 1);
            builder.edge(i, i / 2);
        }
        Graph<Integer> graph = builder.build();

        assertThat(graph.order()).hasSize(20_000);
        assertThat(graph.reducedTo(graph.vertices()).needs(19_999)).containsExactly(19_998);
        assertThat(graph.criticalPath(v -> Duration.ofSeconds(1)).length()).isEqualTo(Duration.ofSeconds(20_000));
    }

    private static Duration weight(String vertex) {
        return Duration.ofSeconds(vertex.hashCode() % 7 + 7L);
    }

    private static String acyclic(long seed, int vertices, int edges) {
        Random random = new Random(seed);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < vertices; i++) {
            parts.add("v" + i);
        }
        for (int i = 0; i < edges; i++) {
            int from = 1 + random.nextInt(vertices - 1);
            parts.add("v" + from + ">v" + random.nextInt(from));
        }
        return String.join(" ", parts);
    }
}
