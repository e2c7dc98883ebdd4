package io.ridethrough.contract;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names and addresses under which an asset itself is reached, as declared; not those of what it runs on. */
public final class DeclaredHosts {
    private DeclaredHosts() {}

    /** Empty when the asset is reached through another alone. */
    public static Set<String> of(Contracts contracts, AssetId id) {
        Set<String> hosts = new TreeSet<>();
        contracts.asset(id).ifPresent(asset -> {
            if (asset instanceof Node node) {
                hosts.add(node.address());
                hosts.add(node.ssh().host());
            } else if (asset instanceof Nas nas) {
                hosts.add(nas.address());
                hosts.add(nas.ssh().host());
            } else if (asset instanceof Stack stack) {
                hosts.add(stack.ssh().host());
            } else if (asset instanceof Guest guest) {
                guest.ssh().ifPresent(ssh -> hosts.add(ssh.host()));
            }
        });
        Optional.ofNullable(contracts.interfaces().get(id))
                .flatMap(access -> Optional.ofNullable(URI.create(access.url()).getHost()))
                .ifPresent(hosts::add);
        return hosts;
    }
}
