package io.ridethrough.contract;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names and addresses under which an asset itself is reached, as declared; not those of what it runs on. */
public final class DeclaredHosts {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private DeclaredHosts() {}

    /** Whether somebody must resolve it: it is no address literal. */
    public static boolean isName(String host) {
        return !LITERAL.matcher(host).matches();
    }

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
