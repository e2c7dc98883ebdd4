package io.ridethrough.target;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.DeclaredHosts;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A wiring in which a person has moved some assets for as long as a run is open (R33): everything that is declared at
 * the same host goes there. Ports, pinned host keys and certificates stay those declared. Thread-safe.
 */
public final class Rerouted implements Wiring {
    private final Wiring declared;
    private final Supplier<Contracts> contracts;
    private volatile Supplier<Map<AssetId, String>> moved = Map::of;

    public Rerouted(Wiring declared, Supplier<Contracts> contracts) {
        this.declared = declared;
        this.contracts = contracts;
    }

    /**
     * Takes from now on what is moved from there.
     *
     * @param now where moved assets are at present; asked at every new connection
     */
    public void follow(Supplier<Map<AssetId, String>> now) {
        moved = now;
    }

    @Override
    public InetSocketAddress tcp(String host, int port) {
        return declared.tcp(now(host), port);
    }

    @Override
    public InetSocketAddress udp(String host, int port) {
        return declared.udp(now(host), port);
    }

    private String now(String host) {
        return moved.get().entrySet().stream()
                .filter(asset ->
                        DeclaredHosts.of(contracts.get(), asset.getKey()).contains(host))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(host);
    }
}
