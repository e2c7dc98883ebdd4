package io.ridethrough.discover;

import io.ridethrough.target.proxmox.api.Inventory;
import io.ridethrough.target.unifi.UnifiTold;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that answered. */
public record Found(List<Proxmox> proxmoxes, List<Nut> nuts, List<Unifi> unifis) {
    public Found {
        proxmoxes = List.copyOf(proxmoxes);
        nuts = List.copyOf(nuts);
        unifis = List.copyOf(unifis);
    }

    /**
     * A Proxmox interface and what it showed.
     *
     * @param host the host in its URL
     * @param secret the name of the secret that it was asked with
     * @param fingerprint of its certificate, where one was given
     */
    public record Proxmox(String host, String url, String secret, Optional<String> fingerprint, Inventory.Seen seen) {}

    /**
     * A NUT server.
     *
     * @param upses the variables of each, by its name
     */
    public record Nut(String host, int port, Map<String, Map<String, String>> upses) {}

    /** A UniFi controller. */
    public record Unifi(List<UnifiTold.Device> devices, List<UnifiTold.Client> clients) {}
}
