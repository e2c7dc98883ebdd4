package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import io.ridethrough.graph.Graph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What depends on what, over all sites, from relations only.
 *
 * @param work what an asset needs to do its work: what it runs on, mounts and needs; a host also has the needs of the
 *     stacks that go up and down with it
 * @param path {@code work}, and what the commands to an asset pass through
 * @param order {@code path}, the name service of each site under every guest that it does not itself need, and the nodes
 *     of a cluster under all its guests
 * @param notes relations that could not be honoured, for people
 */
record Relations(
        Map<AssetId, Asset> assets,
        Graph<AssetId> work,
        Graph<AssetId> path,
        Graph<AssetId> order,
        List<String> notes) {

    private record Edge(AssetId from, AssetId to) implements Comparable<Edge> {
        private static final Comparator<Edge> ORDER =
                Comparator.comparing(Edge::from).thenComparing(Edge::to);

        @Override
        public int compareTo(Edge other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Reads them from the contracts.
     *
     * @throws IllegalArgumentException when relations have a cycle; the message shows it
     */
    static Relations of(Contracts contracts, Trigger trigger) {
        Map<AssetId, Asset> assets = contracts.assets();
        TreeSet<Edge> work = new TreeSet<>();
        TreeSet<Edge> reach = new TreeSet<>();
        TreeSet<Edge> carried = new TreeSet<>();
        for (Asset asset : assets.values()) {
            direct(asset).forEach(need -> work.add(new Edge(asset.id(), need)));
            asset.reachedThrough().forEach(through -> reach.add(new Edge(asset.id(), through)));
            if (asset instanceof Stack stack && goesWithHost(stack, trigger)) {
                stack.needs().stream()
                        .filter(need -> !standsOn(assets, need, stack.runsOn()))
                        .forEach(need -> carried.add(new Edge(stack.runsOn(), need)));
            }
        }
        List<String> notes = new ArrayList<>();
        work.addAll(honoured(assets, work, reach, carried, notes));
        Graph<AssetId> workGraph = graph(assets, work);
        reach.addAll(work);
        Graph<AssetId> path = graph(assets, reach);
        path.order();
        Graph.Builder<AssetId> order = Graph.<AssetId>builder().all(path);
        contracts.sites().values().forEach(site -> nameServiceLast(site, path, order));
        Graph<AssetId> whole = order.build();
        for (Cluster cluster : Cluster.of(contracts)) {
            whole = cluster.ordered(whole, notes);
        }
        return new Relations(assets, workGraph, path, whole, List.copyOf(notes));
    }

    /** Whether a stack is stopped by its host's own shutdown rather than by a step of its own. */
    static boolean goesWithHost(Stack stack, Trigger trigger) {
        return stack.stopBy() == Stack.StopBy.HOST || trigger == Trigger.POWER;
    }

    /** What the asset runs on, if it runs on another. */
    static Optional<AssetId> host(Asset asset) {
        if (asset instanceof Guest guest) {
            return Optional.of(guest.runsOn());
        }
        return asset instanceof Stack stack ? Optional.of(stack.runsOn()) : Optional.empty();
    }

    /** Whether an asset is the host or runs on it: what happens within a host is the host's own affair. */
    private static boolean standsOn(Map<AssetId, Asset> assets, AssetId asset, AssetId host) {
        Optional<AssetId> at = Optional.of(asset);
        for (int depth = 0; at.isPresent() && depth < 4; depth++) {
            if (at.get().equals(host)) {
                return true;
            }
            at = at.map(assets::get).flatMap(Relations::host);
        }
        return false;
    }

    /** Whether the asset is a machine that can be powered off and woken: a node or NAS. */
    static boolean isMachine(Asset asset) {
        return asset instanceof Node || asset instanceof Nas;
    }

    private static TreeSet<AssetId> direct(Asset asset) {
        TreeSet<AssetId> needs = new TreeSet<>(asset.needs());
        host(asset).ifPresent(needs::add);
        List<Mount> mounts = List.of();
        if (asset instanceof Guest guest) {
            mounts = guest.mounts();
        } else if (asset instanceof Node node) {
            mounts = node.mounts();
        }
        mounts.forEach(mount -> needs.add(mount.servedBy()));
        return needs;
    }

    /** All the carried edges if they close no cycle, otherwise as many as possible in their order. */
    private static TreeSet<Edge> honoured(
            Map<AssetId, Asset> assets,
            TreeSet<Edge> work,
            TreeSet<Edge> reach,
            TreeSet<Edge> carried,
            List<String> notes) {
        TreeSet<Edge> all = new TreeSet<>(work);
        all.addAll(reach);
        TreeSet<Edge> whole = new TreeSet<>(all);
        whole.addAll(carried);
        if (graph(assets, whole).cycles().isEmpty()) {
            return carried;
        }
        TreeSet<Edge> honoured = new TreeSet<>();
        for (Edge edge : carried) {
            if (graph(assets, all).reach(List.of(edge.to())).contains(edge.from())) {
                notes.add(edge.from() + " carries a stack that needs " + edge.to() + ", which itself needs "
                        + edge.from() + ": the first goes by its own relations");
            } else {
                all.add(edge);
                honoured.add(edge);
            }
        }
        return honoured;
    }

    private static Graph<AssetId> graph(Map<AssetId, Asset> assets, TreeSet<Edge> edges) {
        Graph.Builder<AssetId> builder = Graph.builder();
        assets.keySet().forEach(builder::vertex);
        for (Edge edge : edges) {
            if (assets.containsKey(edge.to()) && !edge.from().equals(edge.to())) {
                builder.edge(edge.from(), edge.to());
            }
        }
        return builder.build();
    }

    /** Adds only edges towards the name service, from what it does not reach: no cycle can come of it. */
    private static void nameServiceLast(Site site, Graph<AssetId> path, Graph.Builder<AssetId> order) {
        site.nameService().ifPresent(nameService -> {
            TreeSet<AssetId> below = new TreeSet<>(path.reach(List.of(nameService)));
            for (Guest guest : site.guests()) {
                if (!below.contains(guest.id())) {
                    order.edge(guest.id(), nameService);
                }
            }
        });
    }
}
