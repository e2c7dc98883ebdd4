package io.ridethrough.target.ssh;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A command that looks at an asset, on the asset itself or on what carries it.
 *
 * @param on who is sent it
 */
public record AssetCommand(AssetId on, RemoteCommand command) {
    /** What a control asks of an asset by a command of fixed words; empty where it asks otherwise. */
    public static Optional<AssetCommand> of(Control.Probe probe, Asset asset) {
        List<String> words =
                switch (probe.ask()) {
                    case COMMAND -> probe.run();
                    case SNAPSHOTS -> List.of("{tool}", "listsnapshot", "{vmid}");
                    case LISTENING -> List.of("ss", "-Htln");
                    case ACCOUNTS -> List.of("getent", "passwd");
                    case NEIGHBOURS -> List.of("ip", "neigh", "show");
                    default -> List.of();
                };
        return words.isEmpty() ? Optional.empty() : Optional.of(of(words, asset, probe.limit()));
    }

    /** The words, with what stands for something of the asset filled in: {@code {vmid}}, {@code {node}} and the like. */
    public static AssetCommand of(List<String> words, Asset asset, Duration limit) {
        AssetId on = asset instanceof Guest guest
                ? guest.runsOn()
                : asset instanceof Stack stack ? stack.runsOn() : asset.id();
        boolean sudo = SshHosts.accessOf(asset)
                .map(ssh -> ssh.sudo() && on.equals(asset.id()))
                .orElse(false);
        List<String> filled = words.stream().map(word -> filled(word, asset)).toList();
        return new AssetCommand(on, new RemoteCommand(filled, limit, RemoteCommand.Lane.LOOK).asRoot(sudo));
    }

    private static String filled(String word, Asset asset) {
        if (asset instanceof Guest guest) {
            return word.replace("{vmid}", Integer.toString(guest.vmid()))
                    .replace("{tool}", guest.form() == Guest.Form.CONTAINER ? "pct" : "qm");
        }
        if (asset instanceof Node node) {
            return word.replace("{node}", node.nodeName());
        }
        return asset instanceof Stack stack
                ? word.replace("{project}", stack.project()).replace("{path}", stack.path())
                : word;
    }
}
