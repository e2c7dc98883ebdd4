package io.ridethrough.target.plug;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.WakeWay.Plug;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Switches no plug that is held or feeds what is held, and takes power from nothing that we live on: our machine, what it
 * runs on and whose shares that mounts. Looks pass. Thread-safe.
 */
public final class GuardedPlugs implements Way<PlugAsk> {
    private final Way<PlugAsk> plugs;
    private final Supplier<Contracts> contracts;
    private final Predicate<AssetId> held;

    public GuardedPlugs(Way<PlugAsk> plugs, Supplier<Contracts> contracts, Predicate<AssetId> held) {
        this.plugs = plugs;
        this.contracts = contracts;
        this.held = held;
    }

    @Override
    public CompletionStage<Told> ask(AssetId device, PlugAsk ask) {
        Contracts all = contracts.get();
        Optional<String> reason = ask instanceof PlugAsk.Switch act
                ? Optional.ofNullable(all.plugs().get(device)).flatMap(plug -> reason(all, plug, act))
                : Optional.empty();
        return reason.isPresent()
                ? CompletableFuture.completedFuture(new Told.Declined("refused: " + reason.get()))
                : plugs.ask(device, ask);
    }

    private Optional<String> reason(Contracts all, Plug plug, PlugAsk.Switch act) {
        for (AssetId one : List.of(plug.device(), plug.feeds())) {
            if (held.test(one)) {
                return Optional.of(one + " is held");
            }
        }
        return !act.on() && ours(all).contains(plug.feeds())
                ? Optional.of("we live on " + plug.feeds())
                : Optional.empty();
    }

    private static Set<AssetId> ours(Contracts all) {
        Set<AssetId> found = new HashSet<>();
        Deque<AssetId> next = new ArrayDeque<>();
        all.sites().values().forEach(site -> site.orchestrator().runsOn().ifPresent(next::add));
        while (!next.isEmpty()) {
            AssetId here = next.remove();
            if (found.add(here)) {
                all.asset(here).ifPresent(asset -> next.addAll(below(asset)));
            }
        }
        return found;
    }

    private static List<AssetId> below(Asset asset) {
        if (asset instanceof Stack stack) {
            return List.of(stack.runsOn());
        }
        List<AssetId> below = new ArrayList<>();
        if (asset instanceof Guest guest) {
            below.add(guest.runsOn());
            guest.mounts().stream().map(Mount::servedBy).forEach(below::add);
        } else if (asset instanceof Node node) {
            node.mounts().stream().map(Mount::servedBy).forEach(below::add);
        }
        return below;
    }
}
