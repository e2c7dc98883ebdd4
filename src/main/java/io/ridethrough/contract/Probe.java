package io.ridethrough.contract;

import java.util.List;
import java.util.Set;

/** A declared question to an asset, with the answer that means it is well. */
public sealed interface Probe permits Probe.Http, Probe.Tcp, Probe.Dns, Probe.Command {
    /** Unique in its site. */
    String id();

    AssetId asset();

    /** GET {@code url}; any of {@code expect} is well. Redirects are not followed. */
    record Http(String id, AssetId asset, String url, Set<Integer> expect) implements Probe {
        public Http {
            expect = Set.copyOf(expect);
        }
    }

    /** A TCP connect that is accepted. */
    record Tcp(String id, AssetId asset, String host, int port) implements Probe {}

    /** An A query for {@code name} to {@code server} that is answered with at least one address. */
    record Dns(String id, AssetId asset, String server, int port, String name) implements Probe {}

    /** A command on {@code on} (a node, guest, stack host or NAS with SSH access) that exits 0. */
    record Command(String id, AssetId asset, AssetId on, List<String> command) implements Probe {
        public Command {
            command = List.copyOf(command);
        }
    }
}
