package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.WakeWay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a shutdown takes down of the orchestrator's own chain: guest, node, the storage below (R26, R39).
 *
 * @param home what the orchestrator runs on
 * @param machine the node or NAS that carries it
 * @param hops the machines of the chain that this plan powers off
 * @param carried the guests and stacks of the chain that it takes down: their machine stops them by itself
 * @param missing the link that is missing for a hand-over; then the plan is shown, and not executed
 */
record OwnChain(
        AssetId home,
        AssetId machine,
        NavigableSet<AssetId> hops,
        NavigableSet<AssetId> carried,
        Optional<String> missing) {

    /** The chain, if the shutdown of this plan takes down any of it. */
    static Optional<OwnChain> of(Contracts contracts, Relations relations, Choices choices) {
        if (!choices.intent().phases().contains(Phase.SHUTDOWN)) {
            return Optional.empty();
        }
        List<OwnChain> hit = new ArrayList<>();
        for (Site site : contracts.sites().values()) {
            site.orchestrator()
                    .runsOn()
                    .flatMap(home -> chain(home, relations, choices))
                    .ifPresent(hit::add);
        }
        if (hit.size() > 1) {
            String homes = hit.stream().map(one -> one.home.toString()).collect(Collectors.joining(" and "));
            return Optional.of(hit.get(0).without("no one can hand over for the other: " + homes + " both go down"));
        }
        return hit.stream().findFirst();
    }

    private static Optional<OwnChain> chain(AssetId home, Relations relations, Choices choices) {
        NavigableMap<AssetId, Verb> verbs = choices.shutdown();
        NavigableSet<AssetId> chain = new TreeSet<>(relations.path().reach(List.of(home)));
        chain.add(home);
        chain.retainAll(verbs.keySet());
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        NavigableSet<AssetId> hops = new TreeSet<>(chain);
        hops.removeIf(id -> verbs.get(id) != Verb.POWER_OFF);
        NavigableSet<AssetId> carried = new TreeSet<>(chain);
        carried.removeAll(hops);
        OwnChain found = new OwnChain(home, machine(home, relations), hops, carried, Optional.empty());
        return Optional.of(
                found.missingIn(relations, choices).map(found::without).orElse(found));
    }

    private OwnChain without(String link) {
        return new OwnChain(home, machine, hops, carried, Optional.of(link));
    }

    /** The reason why the plan may not be executed, if so. */
    Optional<String> refusal() {
        return missing.map(link -> "the orchestrator runs on " + home + "; this plan takes down what it hangs on: "
                + list(carried, hops) + ". It cannot be handed over: " + link);
    }

    /** How long the guests of the chain may take while their machine powers off. */
    Duration grace(Relations relations) {
        return carried.stream()
                .map(relations.assets()::get)
                .filter(Guest.class::isInstance)
                .map(guest -> longer(((Guest) guest).grace(), ((Guest) guest).stop()))
                .reduce(Duration.ZERO, OwnChain::longer);
    }

    private Optional<String> missingIn(Relations relations, Choices choices) {
        if (!hops.contains(machine)) {
            return Optional.of(machine + ", which carries it, is not powered off by this plan: ask for that, or leave"
                    + " these out");
        }
        for (AssetId id : carried) {
            if (!machine(id, relations).equals(machine)) {
                return Optional.of(id + " must outlast it and runs on another machine than " + machine);
            }
        }
        for (AssetId hop : hops) {
            if (!hop.equals(machine) && relations.order().reach(List.of(hop)).contains(machine)) {
                return Optional.of(hop + " must outlast it and itself needs " + machine);
            }
            Optional<String> asleep = asleep(hop, relations, choices.intent());
            if (asleep.isPresent()) {
                return asleep;
            }
        }
        return Optional.empty();
    }

    /** R39. Firmware that waits for mains to return does not wake what never lost them. */
    private static Optional<String> asleep(AssetId hop, Relations relations, Intent intent) {
        List<WakeWay> unaided =
                Optional.ofNullable(relations.assets().get(hop)).map(OwnChain::wake).orElse(List.of()).stream()
                        .filter(way -> way.worksWithoutUs() || way instanceof WakeWay.AlarmClock)
                        .toList();
        if (unaided.isEmpty()) {
            return Optional.of("nothing but itself wakes " + hop);
        }
        boolean mainsOnly =
                unaided.stream().allMatch(way -> way instanceof WakeWay.Unaided one && one.by() == WakeWay.By.MAINS);
        boolean somebodyIsThere = intent.boundary() || intent.trigger() == Trigger.POWER;
        return mainsOnly && !somebodyIsThere
                ? Optional.of("only the return of lost mains wakes " + hop + ", and a planned shutdown leaves them on")
                : Optional.empty();
    }

    private static List<WakeWay> wake(Asset asset) {
        if (asset instanceof Node node) {
            return node.wake();
        }
        return asset instanceof Nas nas ? nas.wake() : List.of();
    }

    private static AssetId machine(AssetId id, Relations relations) {
        AssetId at = id;
        Optional<AssetId> below = Optional.of(id);
        while (below.isPresent()) {
            at = below.get();
            below = Optional.ofNullable(relations.assets().get(at)).flatMap(Relations::host);
        }
        return at;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String list(NavigableSet<AssetId> carried, NavigableSet<AssetId> hops) {
        TreeSet<AssetId> all = new TreeSet<>(carried);
        all.addAll(hops);
        return all.stream().map(AssetId::toString).collect(Collectors.joining(", "));
    }
}
