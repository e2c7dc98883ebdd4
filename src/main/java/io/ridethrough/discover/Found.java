package io.ridethrough.discover;

import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.proxmox.api.Inventory;
import io.ridethrough.target.unifi.UnifiTold;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that answered. */
public record Found(List<Proxmox> proxmoxes, List<Nut> nuts, List<Unifi> unifis, List<Dsm> nases, List<Home> homes) {
    public Found {
        proxmoxes = List.copyOf(proxmoxes);
        nuts = List.copyOf(nuts);
        unifis = List.copyOf(unifis);
        nases = List.copyOf(nases);
        homes = List.copyOf(homes);
    }

    /** By what a node was asked, and so can be asked again. */
    public sealed interface By {
        /**
         * Its API.
         *
         * @param secret the name of the secret that it was asked with
         * @param fingerprint of its certificate, where one was given
         */
        record Api(String url, String secret, Optional<String> fingerprint) implements By {}

        /** A login at its command line. */
        record Login(int port, String user) implements By {}
    }

    /**
     * A Proxmox installation and what it showed.
     *
     * @param host the host that was asked
     */
    public record Proxmox(String host, By by, Inventory.Seen seen) {}

    /**
     * A NUT server.
     *
     * @param upses the variables of each, by its name
     */
    public record Nut(String host, int port, Map<String, Map<String, String>> upses) {}

    /** A UniFi controller. */
    public record Unifi(List<UnifiTold.Device> devices, List<UnifiTold.Client> clients) {}

    /**
     * A Synology unit.
     *
     * @param fingerprint of its certificate, where one was given
     */
    public record Dsm(
            String host, String url, Optional<String> fingerprint, NasTold.Info unit, NasTold.PowerSettings power) {}

    /**
     * A Home Assistant.
     *
     * @param fingerprint of its certificate, where one was given
     */
    public record Home(String host, String url, Optional<String> fingerprint, String version, HomeTold.AddOns addOns) {}
}
