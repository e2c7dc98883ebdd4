package io.ridethrough.camel;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.contract.WakeWay.Management;
import io.ridethrough.contract.WakeWay.Plug;
import io.ridethrough.target.dsm.DsmWay;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.RestWay;
import io.ridethrough.target.homeassistant.SocketWay;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasSshWay;
import io.ridethrough.target.plug.PlugAsk;
import io.ridethrough.target.plug.PlugWay;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.proxmox.api.ApiWay;
import io.ridethrough.target.redfish.RedfishAsk;
import io.ridethrough.target.redfish.RedfishWay;
import io.ridethrough.target.unifi.ClassicWay;
import io.ridethrough.target.unifi.IntegrationWay;
import io.ridethrough.target.unifi.UnifiAsk;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** The kinds of targets that have two ways, each in one line of the composition root. */
public final class Targets {
    private Targets() {}

    /** Proxmox nodes: their API, then SSH. A container has no agent: whether it responds, SSH alone can tell. */
    public static RoutedWays<Node, NodeAsk> nodes(CamelContext context, Contracts contracts, ApiWay api, SshWay ssh) {
        return new RoutedWays<>(
                context,
                contracts,
                new RoutedWays.Kind<>(
                        "proxmox-node",
                        "proxmox-",
                        "nodeWays",
                        now -> declared(now, Node.class),
                        node -> node.api().isPresent(),
                        ask -> ask instanceof NodeAsk.Respond respond && respond.form() == Form.CONTAINER,
                        "by SSH; its API"),
                api::ask,
                ssh::ask);
    }

    /** Synology units: DSM, then SSH. */
    public static RoutedWays<Nas, NasAsk> nases(CamelContext context, Contracts contracts, DsmWay dsm, NasSshWay ssh) {
        return new RoutedWays<>(
                context,
                contracts,
                new RoutedWays.Kind<>(
                        "synology-nas",
                        "synology-",
                        "nasWays",
                        now -> declared(now, Nas.class),
                        nas -> nas.api().isPresent(),
                        ask -> ask instanceof NasAsk.Exports,
                        "by SSH; its DSM"),
                dsm::ask,
                ssh::ask);
    }

    /** UniFi controllers: the integration API, then the classic one, which alone knows some things. */
    public static RoutedWays<UnifiController, UnifiAsk> controllers(
            CamelContext context, Contracts contracts, IntegrationWay integration, ClassicWay classic) {
        return new RoutedWays<>(
                context,
                contracts,
                new RoutedWays.Kind<>(
                        "unifi-controller",
                        "unifi-",
                        "controllerWays",
                        now -> perSite(now, site -> site.controllers().stream(), UnifiController::runsOn),
                        controller -> true,
                        ask -> ask instanceof UnifiAsk.Classic,
                        "by the classic API; the integration API"),
                integration::ask,
                classic::ask);
    }

    /** Home Assistants: the REST API, then the WebSocket, which alone reaches the supervisor's add-ons. */
    public static RoutedWays<HomeAssistant, HomeAsk> homes(
            CamelContext context, Contracts contracts, RestWay rest, SocketWay socket) {
        return new RoutedWays<>(
                context,
                contracts,
                new RoutedWays.Kind<>(
                        "home-assistant",
                        "home-assistant-",
                        "homeAssistantWays",
                        now -> perSite(now, site -> site.homeAssistant().stream(), HomeAssistant::guest),
                        home -> true,
                        ask -> ask instanceof HomeAsk.Supervised,
                        "by its WebSocket; its REST API"),
                rest::ask,
                socket::ask);
    }

    /** Management controllers: Redfish, and nothing else. */
    public static RoutedWays<Management, RedfishAsk> managements(
            CamelContext context, Contracts contracts, RedfishWay redfish) {
        return new RoutedWays<>(
                context,
                contracts,
                new RoutedWays.Kind<>(
                        "redfish-controller",
                        "redfish-",
                        "managementWays",
                        Contracts::managements,
                        management -> true,
                        ask -> false,
                        "by no other way; Redfish"),
                redfish::ask,
                RedfishWay::none);
    }

    private static <T> Map<AssetId, T> perSite(
            Contracts contracts, Function<Site, Stream<T>> declared, Function<T, AssetId> id) {
        return contracts.sites().values().stream()
                .flatMap(declared)
                .collect(Collectors.toMap(id, one -> one, (one, same) -> one, TreeMap::new));
    }

    /** Smart plugs: their broker, and nothing else. */
    public static RoutedWays<Plug, PlugAsk> plugs(CamelContext context, Contracts contracts, PlugWay plugs) {
        return new RoutedWays<>(
                context,
                contracts,
                new RoutedWays.Kind<>(
                        "smart-plug",
                        "plug-",
                        "plugWays",
                        Contracts::plugs,
                        plug -> true,
                        ask -> false,
                        "by no other way; MQTT"),
                plugs::ask,
                PlugWay::none);
    }

    private static <T extends Asset> Map<AssetId, T> declared(Contracts contracts, Class<T> kind) {
        Map<AssetId, T> all = new TreeMap<>();
        contracts.assets().values().stream()
                .filter(kind::isInstance)
                .forEach(asset -> all.put(asset.id(), kind.cast(asset)));
        return all;
    }
}
