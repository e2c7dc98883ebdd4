package io.ridethrough.target.unifi;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.target.unifi.UnifiTold.Client;
import io.ridethrough.target.unifi.UnifiTold.Poe;
import io.ridethrough.target.unifi.UnifiTold.Port;
import io.ridethrough.target.unifi.UnifiTold.Role;
import io.ridethrough.target.unifi.UnifiTold.Switch;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Cycles PoE of a port only when it is seen that no way of ours goes through it: never an uplink or a port on which
 * another device hangs, never one that carries us, what others are reached through, the gateway or the name service, and
 * never one of a held asset (protocols 3.2). What cannot be seen is refused. Thread-safe.
 */
public final class GuardedPorts {
    private final Way<UnifiAsk> controllers;
    private final Supplier<Contracts> contracts;
    private final Predicate<AssetId> held;
    private final Supplier<Set<String>> ownMacs;

    /** @param ownMacs of the machine that we run on, in lower case with colons */
    public GuardedPorts(
            Way<UnifiAsk> controllers,
            Supplier<Contracts> contracts,
            Predicate<AssetId> held,
            Supplier<Set<String>> ownMacs) {
        this.controllers = controllers;
        this.contracts = contracts;
        this.held = held;
        this.ownMacs = ownMacs;
    }

    /** Looks, and cycles it unless there is a reason not to: that is the answer then. */
    public CompletionStage<Told> cycle(AssetId controller, UnifiAsk.CyclePort act) {
        return cycle(controller, act, Optional.empty());
    }

    /** The same for a port that is to feed this asset: one that feeds another declared one is refused. */
    public CompletionStage<Told> cycle(AssetId controller, UnifiAsk.CyclePort act, AssetId fed) {
        return cycle(controller, act, Optional.of(fed));
    }

    private CompletionStage<Told> cycle(AssetId controller, UnifiAsk.CyclePort act, Optional<AssetId> fed) {
        return controllers.ask(controller, new UnifiAsk.Wiring()).thenCompose(told -> {
            if (!(told instanceof UnifiTold.Wiring wiring)) {
                return CompletableFuture.completedFuture(
                        new Told.Declined("refused: what hangs on the port cannot be seen (" + told.words() + ")"));
            }
            Optional<String> reason = reason(controller, wiring, act, fed);
            return reason.isPresent()
                    ? CompletableFuture.completedFuture(new Told.Declined("refused: " + reason.get()))
                    : controllers.ask(controller, act);
        });
    }

    private Optional<String> reason(
            AssetId controller, UnifiTold.Wiring wiring, UnifiAsk.CyclePort act, Optional<AssetId> fed) {
        Optional<Port> found = wiring.switches().stream()
                .filter(one -> one.mac().equals(act.mac()))
                .map(Switch::ports)
                .flatMap(List::stream)
                .filter(one -> one.index() == act.port())
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of("the controller knows no port " + act.port() + " of " + act.mac());
        }
        Port port = found.get();
        if (port.role() != Role.EDGE) {
            return Optional.of("port " + port.index() + " is "
                    + (port.role() == Role.UPLINK ? "an uplink" : "where another network device hangs"));
        }
        if (port.poe() != Poe.ON) {
            return Optional.of("port " + port.index() + " gives no PoE: it would be accepted and do nothing");
        }
        return wiring.clients().stream()
                .filter(client -> client.at().filter(act.mac()::equals).isPresent()
                        && client.port().orElse(-1) == port.index())
                .flatMap(client -> reason(controller, client, fed).stream())
                .findFirst();
    }

    private Optional<String> reason(AssetId controller, Client client, Optional<AssetId> fed) {
        if (ownMacs.get().contains(client.mac())) {
            return Optional.of("it carries this machine");
        }
        Set<AssetId> way = new HashSet<>(Set.of(controller));
        Contracts all = contracts.get();
        for (Site site : all.sites().values()) {
            site.assets().forEach(asset -> way.addAll(asset.reachedThrough()));
            site.gateway().ifPresent(way::add);
            site.nameService().ifPresent(way::add);
            site.orchestrator().runsOn().ifPresent(way::add);
        }
        return all.assets().values().stream()
                .filter(asset -> isOf(asset, client))
                .flatMap(asset -> held.test(asset.id())
                        ? Stream.of(asset.id() + " is held")
                        : way.contains(asset.id())
                                ? Stream.of("others are reached through " + asset.id())
                                : fed.filter(meant -> !meant.equals(asset.id())).stream()
                                        .map(meant -> "it feeds " + asset.id() + ", and not " + meant))
                .findFirst();
    }

    private static boolean isOf(Asset asset, Client client) {
        Set<String> macs = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        if (asset instanceof Device device) {
            macs.addAll(device.macs());
            device.address().ifPresent(addresses::add);
        } else if (asset instanceof Node node) {
            node.wake().forEach(way -> macs.addAll(macs(way)));
            addresses.add(node.address());
        } else if (asset instanceof Nas nas) {
            nas.wake().forEach(way -> macs.addAll(macs(way)));
            addresses.add(nas.address());
        } else if (asset instanceof Guest guest) {
            guest.ssh().ifPresent(ssh -> addresses.add(ssh.host()));
        }
        return macs.stream().anyMatch(mac -> mac.toLowerCase(Locale.ROOT).equals(client.mac()))
                || client.address().filter(addresses::contains).isPresent();
    }

    private static List<String> macs(WakeWay way) {
        return way instanceof WakeWay.WakeOnLan lan ? lan.macs() : List.of();
    }
}
