package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.DeclaredHosts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.Ups;
import io.ridethrough.contract.WakeWay;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What every asset needs to come up when everything is dark: storage and hosts, the ways to wake it, and for what we
 * must command also ourselves, the readings that tell us of mains, the path and the names.
 */
final class BootNeeds {
    private final Contracts contracts;
    private final Map<AssetId, Asset> assets;
    private final Map<String, AssetId> guestAt = new TreeMap<>();

    BootNeeds(Contracts contracts) {
        this.contracts = contracts;
        this.assets = contracts.assets();
        assets.forEach((id, asset) -> {
            if (asset instanceof Guest) {
                DeclaredHosts.of(contracts, id).forEach(host -> guestAt.put(host, id));
            }
        });
        contracts.sites().values().stream()
                .flatMap(site -> site.probes().stream())
                .filter(probe -> assets.get(probe.asset()) instanceof Guest)
                .forEach(probe -> asked(probe).ifPresent(host -> guestAt.putIfAbsent(host, probe.asset())));
    }

    private static Optional<String> asked(Probe probe) {
        if (probe instanceof Probe.Tcp tcp) {
            return Optional.of(tcp.host());
        }
        return probe instanceof Probe.Dns dns ? Optional.of(dns.server()) : Optional.empty();
    }

    /** Whether nothing but a person switches it on. */
    static boolean byHand(Asset asset) {
        return Relations.isMachine(asset) && wake(asset).isEmpty();
    }

    List<BootNeed> of(Asset asset) {
        List<BootNeed> needs = new ArrayList<>();
        Relations.host(asset).ifPresent(host -> needs.add(BootNeed.of("runs on " + host, host)));
        mounts(asset).stream()
                .map(Mount::servedBy)
                .distinct()
                .forEach(server -> needs.add(BootNeed.of("mounts a share of " + server, server)));
        sorted(asset.needs()).forEach(need -> needs.add(BootNeed.of("needs " + need, need)));
        if (asset instanceof Guest guest && !guest.onboot()) {
            needs.addAll(ourselves(asset, "is started"));
            needs.addAll(named(guest));
        }
        if (!wake(asset).isEmpty() && wake(asset).stream().noneMatch(WakeWay::worksWithoutUs)) {
            needs.add(waking(wake(asset)));
            needs.addAll(ourselves(asset, "is woken"));
        }
        needs.removeIf(
                need -> need.ways().stream().anyMatch(way -> !assets.keySet().containsAll(way)));
        return needs;
    }

    /** For what only we can do: our own machine, the path there, and word that mains are back. */
    private List<BootNeed> ourselves(Asset asset, String verb) {
        List<BootNeed> needs = new ArrayList<>();
        Site site = Objects.requireNonNull(contracts.sites().get(asset.id().site()));
        site.orchestrator()
                .runsOn()
                .ifPresent(home -> needs.add(BootNeed.of(verb + " by the orchestrator on " + home, home)));
        sorted(asset.reachedThrough()).forEach(hop -> needs.add(BootNeed.of(verb + " by way of " + hop, hop)));
        for (Ups ups : site.power().upses()) {
            List<NavigableSet<AssetId>> sources = sources(ups);
            if (sources.stream().noneMatch(Set::isEmpty)) {
                needs.add(new BootNeed(verb + " once " + ups.id() + " tells of mains", sources));
            }
        }
        return needs;
    }

    /** The guest that each source of readings comes through; none where it is not one of the guests. */
    private List<NavigableSet<AssetId>> sources(Ups ups) {
        List<NavigableSet<AssetId>> ways = new ArrayList<>();
        ups.mqtt()
                .ifPresent(mqtt -> ways.add(
                        guest(Optional.ofNullable(URI.create(mqtt.broker()).getHost()))));
        ups.home().ifPresent(home -> ways.add(new TreeSet<>(List.of(home.guest()))));
        ups.nut().ifPresent(nut -> ways.add(guest(Optional.of(nut.host()))));
        return ways;
    }

    private NavigableSet<AssetId> guest(Optional<String> host) {
        return new TreeSet<>(host.flatMap(at -> Optional.ofNullable(guestAt.get(at))).stream()
                .toList());
    }

    /** A guest is started at its node: where that is reached by name alone, somebody answers for the name. */
    private List<BootNeed> named(Guest guest) {
        Site site = Objects.requireNonNull(contracts.sites().get(guest.id().site()));
        List<String> ways = new ArrayList<>();
        if (assets.get(guest.runsOn()) instanceof Node node) {
            ways.add(node.ssh().host());
            node.api()
                    .flatMap(api -> Optional.ofNullable(URI.create(api.url()).getHost()))
                    .ifPresent(ways::add);
        }
        return ways.stream().allMatch(DeclaredHosts::isName)
                ? site
                        .nameService()
                        .map(dns ->
                                BootNeed.of("is started at " + ways.get(0) + ", a name that " + dns + " knows", dns))
                        .stream()
                        .toList()
                : List.of();
    }

    private BootNeed waking(List<WakeWay> declared) {
        List<NavigableSet<AssetId>> ways = declared.stream().map(this::through).toList();
        return new BootNeed(
                "is woken through "
                        + ways.stream()
                                .filter(way -> !way.isEmpty())
                                .map(way -> way.stream().map(AssetId::toString).collect(Collectors.joining(" and ")))
                                .distinct()
                                .collect(Collectors.joining(" or ")),
                ways);
    }

    private NavigableSet<AssetId> through(WakeWay way) {
        if (way instanceof WakeWay.WakeOnLan packet) {
            return new TreeSet<>(packet.from().stream().toList());
        }
        if (way instanceof WakeWay.Management management) {
            return new TreeSet<>(List.of(management.controller()));
        }
        if (way instanceof WakeWay.Plug plug) {
            NavigableSet<AssetId> through =
                    guest(Optional.ofNullable(URI.create(plug.broker()).getHost()));
            through.add(plug.device());
            return through;
        }
        return way instanceof WakeWay.PoweredPort port ? new TreeSet<>(List.of(port.controller())) : new TreeSet<>();
    }

    private static List<WakeWay> wake(Asset asset) {
        List<WakeWay> ways =
                asset instanceof Node node ? node.wake() : asset instanceof Nas nas ? nas.wake() : List.of();
        return ways.stream()
                .filter(way -> way.worksWithoutUs() || !(way instanceof WakeWay.AlarmClock))
                .toList();
    }

    private static List<Mount> mounts(Asset asset) {
        if (asset instanceof Node node) {
            return node.mounts();
        }
        return asset instanceof Guest guest ? guest.mounts() : List.of();
    }

    private static NavigableSet<AssetId> sorted(Set<AssetId> some) {
        return new TreeSet<>(some);
    }

    /** How long it takes by declaration once it may begin. */
    static Duration takes(Asset asset) {
        if (asset instanceof Node node) {
            return node.boot();
        }
        if (asset instanceof Nas nas) {
            return nas.boot();
        }
        if (asset instanceof Guest guest) {
            return guest.start();
        }
        return asset instanceof Stack stack ? stack.start() : Duration.ZERO;
    }
}
