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
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Cycles PoE of a port only when it is seen that no way of ours goes through it: never an uplink or a port on which
 * another device hangs, never one that carries us, what others are reached through, the gateway or the name service, and
 * never one of a held asset (protocols 3.2). A client that is off is not seen: what contracts declare to hang on the port
 * counts as if it were (R36). What cannot be seen is refused. It guards the restart of a device alike. Thread-safe.
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

    /** The same for what is to feed this asset: what feeds another declared one is refused. */
    public CompletionStage<Told> cycle(AssetId controller, UnifiAsk.Power act, AssetId fed) {
        return act instanceof UnifiAsk.SwitchOutlet outlet
                ? outlet(controller, outlet, fed)
                : cycle(controller, (UnifiAsk.CyclePort) act, Optional.of(fed));
    }

    /** What hangs on an outlet nobody sees: its contract's word counts, and that no other asset's names it too. */
    private CompletionStage<Told> outlet(AssetId controller, UnifiAsk.SwitchOutlet act, AssetId fed) {
        return woken(act.mac(), OptionalInt.of(act.outlet()), WakeWay.Feed.OUTLET)
                .flatMap(asset -> reason(controller, asset, Optional.of(fed)).stream())
                .findFirst()
                .<CompletionStage<Told>>map(
                        why -> CompletableFuture.completedFuture(new Told.Declined("refused: " + why)))
                .orElseGet(() -> controllers.ask(controller, act));
    }

    private CompletionStage<Told> cycle(AssetId controller, UnifiAsk.CyclePort act, Optional<AssetId> fed) {
        return guarded(controller, wiring -> reason(controller, wiring, act, fed), act);
    }

    /**
     * Restarts a device only when it is no way of ours and neither that nor a machine hangs on any of its ports: it takes
     * the network from all of them while it starts.
     */
    public CompletionStage<Told> restart(AssetId controller, UnifiAsk.Restart act) {
        return guarded(controller, wiring -> reason(controller, wiring, act.mac()), act);
    }

    private CompletionStage<Told> guarded(
            AssetId controller, Function<UnifiTold.Wiring, Optional<String>> guard, UnifiAsk act) {
        return controllers.ask(controller, new UnifiAsk.Wiring()).thenCompose(told -> {
            if (!(told instanceof UnifiTold.Wiring wiring)) {
                return CompletableFuture.completedFuture(
                        new Told.Declined("refused: what hangs on it cannot be seen (" + told.words() + ")"));
            }
            return guard.apply(wiring)
                    .<CompletionStage<Told>>map(
                            why -> CompletableFuture.completedFuture(new Told.Declined("refused: " + why)))
                    .orElseGet(() -> controllers.ask(controller, act));
        });
    }

    private Optional<String> reason(AssetId controller, UnifiTold.Wiring wiring, String mac) {
        boolean carriesAnother = wiring.switches().stream()
                .filter(one -> one.mac().equals(mac))
                .flatMap(one -> one.ports().stream())
                .anyMatch(port -> port.role() == Role.DOWNLINK);
        if (carriesAnother) {
            return Optional.of("another network device hangs on it");
        }
        Contracts all = contracts.get();
        Stream<AssetId> itself = all.assets().keySet().stream().filter(id -> isOf(all, id, mac));
        Stream<AssetId> others =
                Stream.concat(online(wiring, mac, OptionalInt.empty()), declared(mac, OptionalInt.empty()));
        return hanging(wiring, mac, OptionalInt.empty()).or(() -> Stream.concat(itself, others)
                .flatMap(asset -> reason(controller, asset, Optional.empty())
                        .or(() -> all.asset(asset)
                                .filter(one -> one instanceof Node || one instanceof Nas)
                                .map(machine -> asset + " hangs on it"))
                        .stream())
                .findFirst());
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
        return hanging(wiring, act.mac(), OptionalInt.of(port.index())).or(() -> Stream.concat(
                        online(wiring, act.mac(), OptionalInt.of(port.index())),
                        declared(act.mac(), OptionalInt.of(port.index())))
                .flatMap(asset -> reason(controller, asset, fed).stream())
                .findFirst());
    }

    /** We hang on that port, or on any of that switch. */
    private Optional<String> hanging(UnifiTold.Wiring wiring, String mac, OptionalInt port) {
        return at(wiring, mac, port).anyMatch(client -> ownMacs.get().contains(client.mac()))
                ? Optional.of("it carries this machine")
                : Optional.empty();
    }

    private static Stream<Client> at(UnifiTold.Wiring wiring, String mac, OptionalInt port) {
        return wiring.clients().stream()
                .filter(client -> client.at().filter(mac::equals).isPresent())
                .filter(client -> port.isEmpty() || client.port().equals(port));
    }

    private Stream<AssetId> online(UnifiTold.Wiring wiring, String mac, OptionalInt port) {
        return at(wiring, mac, port).flatMap(client -> contracts.get().assets().values().stream()
                .filter(asset -> isOf(asset, client))
                .map(Asset::id));
    }

    /** What is off, or silent, is no client: what the port map and the ways to wake say of that port counts as well. */
    private Stream<AssetId> declared(String mac, OptionalInt port) {
        Contracts all = contracts.get();
        Stream<AssetId> carried = all.sites().values().stream()
                .flatMap(site -> site.posture().portMaps().entrySet().stream())
                .filter(map -> isOf(all, map.getKey(), mac))
                .flatMap(map -> map.getValue().ports().stream())
                .filter(one -> port.isEmpty() || one.number() == port.getAsInt())
                .flatMap(one -> one.carries().stream());
        return Stream.concat(carried, woken(mac, port, WakeWay.Feed.PORT));
    }

    private Stream<AssetId> woken(String mac, OptionalInt port, WakeWay.Feed feed) {
        return contracts.get().assets().values().stream()
                .filter(asset -> ways(asset).stream()
                        .filter(WakeWay.PoweredPort.class::isInstance)
                        .map(WakeWay.PoweredPort.class::cast)
                        .filter(way -> way.mac().equals(mac) && way.feed() == feed)
                        .anyMatch(way -> port.isEmpty() || way.port() == port.getAsInt()))
                .map(Asset::id);
    }

    private static boolean isOf(Contracts all, AssetId id, String mac) {
        return all.asset(id)
                .filter(asset ->
                        asset instanceof Device device && device.macs().stream().anyMatch(mac::equalsIgnoreCase))
                .isPresent();
    }

    private Optional<String> reason(AssetId controller, AssetId asset, Optional<AssetId> fed) {
        if (held.test(asset)) {
            return Optional.of(asset + " is held");
        }
        if (way(controller).contains(asset)) {
            return Optional.of("others are reached through " + asset);
        }
        return fed.filter(meant -> !meant.equals(asset)).map(meant -> "it feeds " + asset + ", and not " + meant);
    }

    /** What others are reached through or need to be found. */
    private Set<AssetId> way(AssetId controller) {
        Set<AssetId> way = new HashSet<>(Set.of(controller));
        for (Site site : contracts.get().sites().values()) {
            site.assets().forEach(asset -> way.addAll(asset.reachedThrough()));
            site.gateway().ifPresent(way::add);
            site.nameService().ifPresent(way::add);
            site.orchestrator().runsOn().ifPresent(way::add);
        }
        return way;
    }

    private static boolean isOf(Asset asset, Client client) {
        Set<String> macs = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        if (asset instanceof Device device) {
            macs.addAll(device.macs());
            device.address().ifPresent(addresses::add);
        } else if (asset instanceof Node node) {
            macs.addAll(macs(asset));
            addresses.add(node.address());
        } else if (asset instanceof Nas nas) {
            macs.addAll(macs(asset));
            addresses.add(nas.address());
        } else if (asset instanceof Guest guest) {
            guest.ssh().ifPresent(ssh -> addresses.add(ssh.host()));
        }
        return macs.stream().anyMatch(mac -> mac.toLowerCase(Locale.ROOT).equals(client.mac()))
                || client.address().filter(addresses::contains).isPresent();
    }

    private static List<String> macs(Asset asset) {
        return ways(asset).stream()
                .filter(WakeWay.WakeOnLan.class::isInstance)
                .flatMap(way -> ((WakeWay.WakeOnLan) way).macs().stream())
                .toList();
    }

    private static List<WakeWay> ways(Asset asset) {
        if (asset instanceof Node node) {
            return node.wake();
        }
        return asset instanceof Nas nas ? nas.wake() : List.of();
    }
}
