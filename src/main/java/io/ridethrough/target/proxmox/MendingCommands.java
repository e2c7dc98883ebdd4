package io.ridethrough.target.proxmox;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Remedy;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands by which remedies mend a node itself: its units and its mounts. */
public final class MendingCommands {
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(1);

    private MendingCommands() {}

    /** Restarts units. */
    public static RemoteCommand restart(Node node, List<String> units, Duration limit) {
        return sent(node, limit, Stream.concat(Stream.of("systemctl", "restart"), units.stream()));
    }

    /** Lets a mount that is stale go, which removes nothing. */
    public static RemoteCommand letGo(Node node, Mount mount) {
        return sent(node, SHORT, Stream.of("umount", "-f", "-l", mount.at()));
    }

    /** Mounts what is declared. */
    public static RemoteCommand mount(Node node, Mount mount, String server, Duration limit) {
        return sent(node, limit, Stream.of("mount", "-t", "nfs", server + ":" + mount.export(), mount.at()));
    }

    /** Where a mount is served from; empty where no address of it is declared. */
    public static Optional<String> server(Contracts contracts, Mount mount) {
        return contracts.asset(mount.servedBy()).filter(Nas.class::isInstance).map(asset -> ((Nas) asset).address());
    }

    /** One of each that a node may be sent, by the declared remedies. Which units will have failed, nobody can say before. */
    public static List<RemoteCommand> of(Contracts contracts, Node node) {
        List<RemoteCommand> all = new ArrayList<>();
        for (Control control : contracts.standard().controls()) {
            Optional<Remedy> remedy =
                    control.mends().filter(mends -> mends.kind().appliesTo() == Control.Kind.NODE);
            remedy.filter(mends -> !mends.units().isEmpty())
                    .ifPresent(mends -> all.add(restart(node, mends.units(), LONG)));
            if (remedy.filter(mends -> mends.kind() == Remedy.Kind.MOUNT_AGAIN).isPresent()) {
                node.mounts().forEach(mount -> server(contracts, mount).ifPresent(server -> {
                    all.add(letGo(node, mount));
                    all.add(mount(node, mount, server, LONG));
                }));
            }
        }
        return all;
    }

    private static RemoteCommand sent(Node node, Duration limit, Stream<String> words) {
        return new RemoteCommand(words.toList(), limit, Lane.BLOCKING)
                .asRoot(node.ssh().sudo());
    }
}
