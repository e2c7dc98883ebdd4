package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.graph.Graph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The order in which a node starts and stops its guests by itself, rendered from the relations: with us dead, a site still
 * comes up acceptably (protocols 1.5). Native order knows one node only; what crosses nodes is named.
 *
 * @param guests those of the node, first up first
 * @param waits how long the node waits before its first guest, for storage that boots slower than it does
 * @param takes how long its own shutdown takes at most: every order group its longest {@code down}, then the power-off
 * @param unheeded relations that no native order keeps, for people
 */
public record NativeOrder(Node node, List<Ordered> guests, Duration waits, Duration takes, List<String> unheeded) {
    /** Proxmox waits no longer than this before the first guest: {@code startall-onboot-delay} (protocols 1.5). */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    public NativeOrder {
        guests = List.copyOf(guests);
        unheeded = List.copyOf(unheeded);
    }

    /**
     * One guest's place.
     *
     * @param order smaller ones start earlier and stop later; equal ones side by side
     * @param up how long the node waits after its start before it starts the next order; zero where nothing waits for it
     * @param after guests of the same node that are up before it
     */
    public record Ordered(Guest guest, int order, Duration up, NavigableSet<AssetId> after) {
        /** Proxmox's own words: {@code order=2,up=90,down=300}. */
        public String startup() {
            return "order=" + order + (up.isZero() ? "" : ",up=" + up.toSeconds()) + ",down="
                    + guest.grace().toSeconds();
        }
    }

    /** What a node says of a guest: whether it starts it by itself, and its {@code startup}, empty where nothing is set. */
    public record Found(boolean onboot, String startup) {}

    /** The order of one node. Pure. */
    public static NativeOrder of(Node node, Contracts contracts) {
        return of(node, contracts, Relations.of(contracts, Trigger.POWER));
    }

    /** The order of every node. Pure. */
    public static Map<AssetId, NativeOrder> all(Contracts contracts) {
        Relations relations = Relations.of(contracts, Trigger.POWER);
        Map<AssetId, NativeOrder> all = new TreeMap<>();
        for (Asset asset : contracts.assets().values()) {
            if (asset instanceof Node node) {
                all.put(node.id(), of(node, contracts, relations));
            }
        }
        return all;
    }

    private static NativeOrder of(Node node, Contracts contracts, Relations relations) {
        Map<AssetId, Guest> here = new TreeMap<>();
        contracts.assets().values().stream()
                .filter(Guest.class::isInstance)
                .map(Guest.class::cast)
                .filter(guest -> guest.runsOn().equals(node.id()))
                .filter(guest -> contracts.sites().values().stream()
                        .flatMap(site -> site.excluded().stream())
                        .noneMatch(one ->
                                one.node().filter(node.id()::equals).isPresent() && Choices.isExcluded(guest, one)))
                .forEach(guest -> here.put(guest.id(), guest));
        Graph<AssetId> graph = relations.order().reducedTo(here.keySet());
        Map<AssetId, Integer> places = new TreeMap<>();
        for (AssetId id : graph.order()) {
            int before = graph.needs(id).stream()
                    .mapToInt(need -> places.getOrDefault(need, 0))
                    .max()
                    .orElse(0);
            places.put(id, before + 1);
        }
        Graph<AssetId> waiting = graph.reversed();
        List<Ordered> ordered = new ArrayList<>();
        here.forEach((id, guest) -> ordered.add(new Ordered(
                guest,
                places.getOrDefault(id, 1),
                waiting.needs(id).isEmpty() ? Duration.ZERO : guest.start(),
                new TreeSet<>(graph.needs(id)))));
        ordered.sort(Comparator.comparing(Ordered::order)
                .thenComparing(one -> one.guest().id()));
        return new NativeOrder(
                node,
                ordered,
                wait(node, relations, here.keySet()),
                takes(node, ordered),
                unheeded(node, relations, here));
    }

    /** Every storage that the node or a guest of it mounts has its time to boot; the node's own boot counts as waiting. */
    private static Duration wait(Node node, Relations relations, Set<AssetId> guests) {
        List<AssetId> users = new ArrayList<>(guests);
        users.add(node.id());
        Duration longest = relations.work().reach(users).stream()
                .map(relations.assets()::get)
                .filter(Nas.class::isInstance)
                .map(nas -> ((Nas) nas).boot())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration wait = longest.minus(node.boot());
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static Duration takes(Node node, List<Ordered> ordered) {
        Map<Integer, Duration> groups = new TreeMap<>();
        ordered.forEach(one -> groups.merge(
                one.order(), one.guest().grace(), (some, other) -> some.compareTo(other) > 0 ? some : other));
        return groups.values().stream().reduce(node.off(), Duration::plus);
    }

    private static List<String> unheeded(Node node, Relations relations, Map<AssetId, Guest> here) {
        List<String> words = new ArrayList<>();
        here.forEach((id, guest) -> {
            for (AssetId need : relations.work().needs(id)) {
                Optional<Asset> asset = Optional.ofNullable(relations.assets().get(need));
                if (asset.filter(Guest.class::isInstance).isPresent() && !here.containsKey(need)) {
                    words.add(id + " needs " + need + ", which is not on " + node.id()
                            + ": the node does not wait for it");
                }
            }
        });
        return words;
    }

    /**
     * Where a node would start its guests in another order than the relations ask, one line each; empty when it would not.
     * Any numbers that keep the order are right. What is not listed counts as unset, and what it does not start by itself
     * has no place.
     */
    public List<String> amiss(Map<AssetId, Found> found) {
        List<String> amiss = new ArrayList<>();
        Found nothing = new Found(false, "");
        for (Ordered one : guests) {
            Found set = found.getOrDefault(one.guest().id(), nothing);
            if (set.onboot()) {
                for (AssetId need : one.after()) {
                    Found before = found.getOrDefault(need, nothing);
                    if (before.onboot() && place(before) >= place(set)) {
                        amiss.add(one.guest().id() + " (" + shown(set) + ") does not start after " + need + " ("
                                + shown(before) + "), which it needs");
                    }
                }
            }
        }
        return amiss;
    }

    private static String shown(Found set) {
        return set.startup().isEmpty() ? "no order" : set.startup();
    }

    /** Without an order it starts last (protocols 1.5). */
    private static long place(Found set) {
        for (String part : set.startup().split(",", -1)) {
            String number = part.startsWith("order=") ? part.substring("order=".length()) : part;
            if (number.matches("\\d{1,9}")) {
                return Long.parseLong(number);
            }
        }
        return Long.MAX_VALUE;
    }
}
