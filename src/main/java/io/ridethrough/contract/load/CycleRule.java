package io.ridethrough.contract.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Nothing waits for itself, over all relations and sites. Linear while there is no cycle; each reported cycle is a
 * shortest one through its first name, and no name is reported twice.
 */
final class CycleRule {
    private static final String NEEDS_OF = "'s needs";

    private final Map<Declared, List<Edge>> edges = new TreeMap<>();

    private record Edge(Declared from, String words, Declared to, At at) {}

    CycleRule(List<Link> links, Names names) {
        Map<Declared, List<Edge>> ofGroup = new HashMap<>();
        for (Link link : links) {
            Optional<Declared> to = names.find(link.site(), link.reference());
            if (link.from().isPresent()
                    && to.isPresent()
                    && link.allowed().contains(to.get().kind())) {
                Declared from = link.from().get();
                Edge edge = new Edge(from, link.verb(), to.get(), link.at());
                boolean membersNeed = from.kind() == Kind.GROUP && !link.verb().equals("holds");
                (membersNeed ? ofGroup : edges)
                        .computeIfAbsent(from, f -> new ArrayList<>())
                        .add(edge);
            }
        }
        // What a group needs, its members need: as many edges as the declarations have, by a second node a group.
        ofGroup.forEach((group, needs) -> {
            Declared rules = new Declared(group.site(), group.name() + NEEDS_OF, Kind.GROUP, group.at());
            edges.put(
                    rules,
                    needs.stream()
                            .map(e -> new Edge(rules, e.words, e.to, e.at))
                            .toList());
            for (Edge member : edges.getOrDefault(group, List.of())) {
                edges.computeIfAbsent(member.to, m -> new ArrayList<>())
                        .add(new Edge(member.to, "belongs to", rules, member.at));
            }
        });
    }

    void check(Reports reports) {
        Set<Declared> tangled = tangled();
        Set<Declared> told = new HashSet<>();
        for (Declared start : edges.keySet()) {
            if (tangled.contains(start) && !told.contains(start)) {
                List<Edge> cycle = shortest(start, tangled);
                if (!cycle.isEmpty()) {
                    cycle.forEach(e -> told.add(e.from));
                    report(cycle, reports);
                }
            }
        }
    }

    /** What is left when everything without an unmet dependent is taken away, again and again. */
    private Set<Declared> tangled() {
        Map<Declared, Integer> unmet = new HashMap<>();
        Map<Declared, List<Declared>> dependents = new HashMap<>();
        edges.forEach((from, out) -> {
            unmet.merge(from, out.size(), Integer::sum);
            out.forEach(e ->
                    dependents.computeIfAbsent(e.to, t -> new ArrayList<>()).add(from));
        });
        Set<Declared> left = new HashSet<>(edges.keySet());
        Deque<Declared> met = new ArrayDeque<>();
        dependents.keySet().stream().filter(d -> !edges.containsKey(d)).forEach(met::add);
        while (!met.isEmpty()) {
            for (Declared dependent : dependents.getOrDefault(met.remove(), List.of())) {
                if (unmet.merge(dependent, -1, Integer::sum) == 0) {
                    left.remove(dependent);
                    met.add(dependent);
                }
            }
        }
        return left;
    }

    private List<Edge> shortest(Declared start, Set<Declared> within) {
        Map<Declared, Edge> by = new HashMap<>();
        Deque<Declared> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            for (Edge edge : edges.getOrDefault(next.remove(), List.of())) {
                if (edge.to.equals(start)) {
                    return back(edge, by, start);
                }
                if (within.contains(edge.to) && by.putIfAbsent(edge.to, edge) == null) {
                    next.add(edge.to);
                }
            }
        }
        return List.of();
    }

    private static List<Edge> back(Edge last, Map<Declared, Edge> by, Declared start) {
        Deque<Edge> path = new ArrayDeque<>();
        Edge edge = last;
        while (edge != null) {
            path.addFirst(edge);
            edge = edge.from.equals(start) ? null : by.get(edge.from);
        }
        return List.copyOf(path);
    }

    private static void report(List<Edge> cycle, Reports reports) {
        String path = cycle.stream()
                .map(edge -> edge.words + " " + name(edge.to))
                .collect(Collectors.joining(", which ", "a cycle: " + name(cycle.get(0).from) + " ", ""));
        reports.error(cycle.get(0).at, path, "remove one of these relations");
    }

    private static String name(Declared one) {
        return (one.kind() == Kind.GROUP ? "group " : "") + one.full().replace(NEEDS_OF, "");
    }
}
