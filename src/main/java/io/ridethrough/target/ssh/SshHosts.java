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
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The declared hosts that take commands over SSH. A stack is reached on the host it runs on. */
public final class SshHosts {
    private final SortedMap<AssetId, SshAccess> hosts;

    public SshHosts(Map<AssetId, SshAccess> hosts) {
        this.hosts = new TreeMap<>(hosts);
    }

    /** All of the contracts: nodes, NAS, guests with SSH, and stacks under their own id. */
    public static SshHosts of(Contracts contracts) {
        Collection<Asset> assets = contracts.assets().values();
        Map<AssetId, SshAccess> hosts = new TreeMap<>();
        assets.forEach(asset -> accessOf(asset).ifPresent(access -> hosts.put(asset.id(), access)));
        return new SshHosts(hosts);
    }

    /** How that asset is reached, if it is declared with SSH. */
    public Optional<SshAccess> access(AssetId host) {
        return Optional.ofNullable(hosts.get(host));
    }

    /** Every host, in order. */
    public SortedSet<AssetId> ids() {
        return new TreeSet<>(hosts.keySet());
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
