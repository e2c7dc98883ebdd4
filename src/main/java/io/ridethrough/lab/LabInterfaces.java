package io.ridethrough.lab;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.lab.api.Asked;
import io.ridethrough.lab.api.LabHttps;
import io.ridethrough.lab.api.Said;
import io.ridethrough.lab.host.LabDsm;
import io.ridethrough.lab.host.LabHomeAssistant;
import io.ridethrough.lab.host.LabModel;
import io.ridethrough.lab.host.LabProxmox;
import io.ridethrough.lab.host.LabRedfish;
import io.ridethrough.lab.host.LabUnifi;
import io.ridethrough.lab.net.LabAuthority;
import io.ridethrough.lab.net.LabBroker;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** Every declared HTTP interface, over TLS with certificates of the lab's own authority, and the logins to them. */
final class LabInterfaces implements AutoCloseable {
    private final LabModel model;
    private final ToIntBiFunction<HostPort, String> ports;
    private final LabAuthority authority = new LabAuthority();
    private final Map<String, String> logins = new LinkedHashMap<>();
    private final Map<AssetId, LabProxmox> nodes = new LinkedHashMap<>();
    private final Map<AssetId, LabDsm> dsms = new LinkedHashMap<>();
    private final Map<AssetId, LabUnifi> unifis = new LinkedHashMap<>();
    private final Map<AssetId, LabHomeAssistant> homes = new LinkedHashMap<>();
    private final Map<AssetId, LabRedfish> redfishes = new LinkedHashMap<>();
    private final List<LabHttps> all = new ArrayList<>();

    /** @param ports reserves the port of loopback that answers for a declared one, and for the asset's address */
    LabInterfaces(LabModel model, ToIntBiFunction<HostPort, String> ports) {
        this.model = model;
        this.ports = ports;
    }

    void open(Site site) {
        site.nodes().forEach(node -> node.api().ifPresent(api -> proxmox(node, api)));
        site.nases().forEach(nas -> nas.api().ifPresent(api -> dsm(nas, api)));
        site.controllers().forEach(this::unifi);
        site.homeAssistant().ifPresent(this::home);
        site.nodes().forEach(node -> node.wake().forEach(way -> management(node.id(), way)));
        site.nases().forEach(nas -> nas.wake().forEach(way -> management(nas.id(), way)));
    }

    private void proxmox(Node node, ApiAccess api) {
        String token = logins.computeIfAbsent(api.secret(), secret -> "ridethrough@pve!lab=" + UUID.randomUUID());
        LabProxmox proxmox = new LabProxmox(model, node.id(), token);
        nodes.put(node.id(), proxmox);
        open(api, node.address(), proxmox::isOpen, proxmox::answer);
    }

    private void dsm(Nas nas, ApiAccess api) {
        LabDsm dsm = new LabDsm(model, nas.id(), userAndPassword(api.secret()));
        dsms.put(nas.id(), dsm);
        open(api, nas.address(), dsm::isOpen, dsm::answer);
    }

    private void unifi(UnifiController controller) {
        ApiAccess api = controller.api();
        String key =
                logins.computeIfAbsent(api.secret(), name -> UUID.randomUUID().toString());
        LabUnifi unifi = new LabUnifi(
                model,
                controller,
                key,
                controller.classicSecret().map(this::userAndPassword).orElse("nobody:nothing"));
        unifis.put(controller.runsOn(), unifi);
        open(api, URI.create(api.url()).getHost(), unifi::isOpen, unifi::answer);
    }

    private String userAndPassword(String secret) {
        return logins.computeIfAbsent(secret, name -> "ridethrough:" + UUID.randomUUID());
    }

    private void home(HomeAssistant declared) {
        String token = logins.computeIfAbsent(
                declared.api().secret(), name -> UUID.randomUUID().toString());
        LabHomeAssistant home = new LabHomeAssistant(model, declared, token);
        homes.put(declared.guest(), home);
        String address = URI.create(declared.api().url()).getHost();
        open(declared.api(), address, home::isOpen, home::answer).with(home::talk);
    }

    private void management(AssetId host, WakeWay way) {
        if (way instanceof WakeWay.Management declared && !redfishes.containsKey(declared.controller())) {
            String login = userAndPassword(declared.api().secret());
            LabRedfish redfish = new LabRedfish(model, declared.controller(), host, declared.system(), login);
            redfishes.put(declared.controller(), redfish);
            String address = URI.create(declared.api().url()).getHost();
            open(declared.api(), address, redfish::isOpen, redfish::answer);
        }
    }

    LabRedfish redfish(AssetId controller) {
        return Optional.ofNullable(redfishes.get(controller))
                .orElseThrow(() -> new IllegalArgumentException("no management by " + controller + " is declared"));
    }

    private LabHttps open(
            ApiAccess api, String address, BooleanSupplier isOpen, Function<Asked, CompletableFuture<Said>> answers) {
        URI url = URI.create(api.url());
        boolean secure = "https".equals(url.getScheme());
        int declared = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        int port = ports.applyAsInt(new HostPort(url.getHost(), declared), address);
        ServerSocketFactory sockets = secure
                ? authority.server(List.of(url.getHost(), address)).getServerSocketFactory()
                : ServerSocketFactory.getDefault();
        LabHttps opened = new LabHttps(sockets, port, isOpen, answers);
        all.add(opened);
        return opened;
    }

    /** Opens and closes ports as their assets are up or down. */
    void comply() {
        all.forEach(LabHttps::comply);
    }

    /** The TLS of what stands at that address and is no interface of these. */
    SSLContext tls(String host) {
        return authority.server(List.of(host));
    }

    /** A file of what stands at that address shows, for servers that read one. */
    Path keys(String host, Path folder) {
        Path file = folder.resolve("keys-" + host + ".p12");
        authority.store(List.of(host), file, LabBroker.PASSWORD);
        return file;
    }

    LabProxmox proxmox(AssetId node) {
        return Optional.ofNullable(nodes.get(node))
                .orElseThrow(() -> new IllegalArgumentException("no API of " + node + " is declared"));
    }

    LabDsm dsm(AssetId nas) {
        return Optional.ofNullable(dsms.get(nas))
                .orElseThrow(() -> new IllegalArgumentException("no DSM of " + nas + " is declared"));
    }

    LabUnifi unifi(AssetId runsOn) {
        return Optional.ofNullable(unifis.get(runsOn))
                .orElseThrow(() -> new IllegalArgumentException("no controller on " + runsOn + " is declared"));
    }

    LabHomeAssistant home(AssetId guest) {
        return Optional.ofNullable(homes.get(guest))
                .orElseThrow(() -> new IllegalArgumentException("no Home Assistant in " + guest + " is declared"));
    }

    /** What clients of the lab trust, as PEM. */
    String authority() {
        return authority.pem();
    }

    /** Logins by the names of their secrets. */
    Map<String, String> logins() {
        return logins;
    }

    @Override
    public void close() {
        all.forEach(LabHttps::close);
    }
}
