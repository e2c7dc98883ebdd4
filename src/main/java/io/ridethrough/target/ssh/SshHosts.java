package io.ridethrough.target.ssh;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stack;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The declared hosts that take commands over SSH. A stack is reached on the host it runs on. */
public final class SshHosts {
    private final SortedMap<AssetId, SshAccess> hosts;
    private final Map<AssetId, Integer> sideBySide;

    public SshHosts(Map<AssetId, SshAccess> hosts) {
        this(hosts, Map.of());
    }

    /** @param sideBySide how many blocking commands a host may be sent at once, where that is more than one */
    public SshHosts(Map<AssetId, SshAccess> hosts, Map<AssetId, Integer> sideBySide) {
        this.hosts = new TreeMap<>(hosts);
        this.sideBySide = Map.copyOf(sideBySide);
    }

    /** All of the contracts: nodes, NAS, guests with SSH, and stacks under their own id. */
    public static SshHosts of(Contracts contracts) {
        Collection<Asset> assets = contracts.assets().values();
        Map<AssetId, SshAccess> hosts = new TreeMap<>();
        assets.forEach(asset -> accessOf(asset).ifPresent(access -> hosts.put(asset.id(), access)));
        return new SshHosts(hosts, sideBySide(contracts));
    }

    /** A node stops and starts as many guests side by side as its contract permits, and no more than it has. */
    private static Map<AssetId, Integer> sideBySide(Contracts contracts) {
        Map<AssetId, Integer> guests = new TreeMap<>();
        contracts.assets().values().forEach(asset -> {
            if (asset instanceof Guest guest) {
                guests.merge(guest.runsOn(), 1, Integer::sum);
            }
        });
        guests.replaceAll((host, count) -> contracts
                .asset(host)
                .filter(Node.class::isInstance)
                .map(Node.class::cast)
                .map(node -> Math.min(count, Math.max(node.stopsAtOnce(), node.startsAtOnce())))
                .orElse(1));
        return guests;
    }

    /** How many blocking commands this host may be sent at once; at least one. */
    public int sideBySide(AssetId host) {
        return Math.max(1, sideBySide.getOrDefault(host, 1));
    }

    /** How that asset is reached, if it is declared with SSH. */
    public Optional<SshAccess> access(AssetId host) {
        return Optional.ofNullable(hosts.get(host));
    }

    /** Every host, in order. */
    public SortedSet<AssetId> ids() {
        return new TreeSet<>(hosts.keySet());
    }

    /** How each host is reached. */
    public SortedMap<AssetId, SshAccess> all() {
        return Collections.unmodifiableSortedMap(hosts);
    }

    /** How a declared asset takes commands over SSH, if it does. */
    public static Optional<SshAccess> accessOf(Asset asset) {
        if (asset instanceof Node node) {
            return Optional.of(node.ssh());
        }
        if (asset instanceof Nas nas) {
            return Optional.of(nas.ssh());
        }
        if (asset instanceof Stack stack) {
            return Optional.of(stack.ssh());
        }
        return asset instanceof Guest guest ? guest.ssh() : Optional.empty();
    }
}
