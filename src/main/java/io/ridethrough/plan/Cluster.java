package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nodes of one site that are a Proxmox cluster, with the guests on them (R40): its guests all stop before its first node,
 * all its nodes are awake before the first guest starts.
 */
record Cluster(SiteId site, String name, NavigableSet<AssetId> nodes, NavigableSet<AssetId> guests) {

    /** Every declared cluster, by site and name. */
    static List<Cluster> of(Contracts contracts) {
        List<Cluster> all = new ArrayList<>();
        for (Site site : contracts.sites().values()) {
            TreeMap<String, TreeSet<AssetId>> nodes = new TreeMap<>();
            for (Node node : site.nodes()) {
                node.cluster().ifPresent(name -> nodes.computeIfAbsent(name, none -> new TreeSet<>())
                        .add(node.id()));
            }
            nodes.forEach((name, members) -> {
                TreeSet<AssetId> guests = new TreeSet<>();
                site.guests().stream()
                        .filter(guest -> members.contains(guest.runsOn()))
                        .map(Guest::id)
                        .forEach(guests::add);
                all.add(new Cluster(site.id(), name, members, guests));
            });
        }
        return all;
    }

    /** The step about its high availability in that phase. */
    StepId step(Phase phase) {
        return new StepId(phase.word() + ":" + site + "/" + name + ":ha");
    }

    /**
     * The same order with every guest of it above every node of it. A node that itself needs a guest of its own cluster
     * goes by its own relations: then no cycle can come of it.
     */
    Graph<AssetId> ordered(Graph<AssetId> order, List<String> notes) {
        Graph.Builder<AssetId> more = Graph.<AssetId>builder().all(order);
        for (AssetId node : nodes) {
            TreeSet<AssetId> above = new TreeSet<>(order.reach(List.of(node)));
            above.retainAll(guests);
            if (above.isEmpty()) {
                guests.forEach(guest -> more.edge(guest, node));
            } else {
                notes.add(node + " needs " + above.first() + ", a guest of its own cluster " + name
                        + ": it goes by its own relations");
            }
        }
        return more.build();
    }
}
