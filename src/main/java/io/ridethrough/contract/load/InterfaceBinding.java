package io.ridethrough.contract.load;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.UnifiController;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes the records of targets' own HTTP interfaces, with every default. */
final class InterfaceBinding {
    private static final int PROXMOX_PORT = 8006;
    private static final int SELF_HOSTED_UNIFI_PORT = 8443;
    private static final int DSM_PORT = 5001;

    private final SiteDocs site;

    InterfaceBinding(SiteDocs site) {
        this.site = site;
    }

    Optional<ApiAccess> proxmox(At node, String address) {
        return declared(node, "https://" + address + ":" + PROXMOX_PORT, "proxmox");
    }

    Optional<ApiAccess> dsm(At nas, String address) {
        return declared(nas, "https://" + address + ":" + DSM_PORT, "dsm");
    }

    List<UnifiController> controllers() {
        return site.list("network", "controllers").stream()
                .map(this::controller)
                .toList();
    }

    private UnifiController controller(At at) {
        AssetId runsOn = References.id(site.id(), at.get("runs-on")).orElseThrow();
        String address = site.list("network", "devices").stream()
                .filter(device -> References.own(site.id(), device).equals(runsOn))
                .flatMap(device -> device.text("address").stream())
                .findFirst()
                .orElse("");
        UnifiController.Form form = at.text("form", "unifi-os").equals("self-hosted")
                ? UnifiController.Form.SELF_HOSTED
                : UnifiController.Form.UNIFI_OS;
        String port = form == UnifiController.Form.SELF_HOSTED ? ":" + SELF_HOSTED_UNIFI_PORT : "";
        return new UnifiController(
                runsOn,
                form,
                at.text("site", "default"),
                access(at.get("api"), "https://" + address + port, "unifi"),
                at.text("classic-secret"));
    }

    Optional<HomeAssistant> homeAssistant() {
        At at = site.file("home-assistant").get("home-assistant");
        return References.id(site.id(), at.get("guest"))
                .map(guest -> new HomeAssistant(
                        guest,
                        access(at, "", "home-assistant"),
                        References.ids(site.id(), at.items("radios")),
                        Durations.of(at, "waits", "5m"),
                        at.items("add-ons").stream()
                                .map(InterfaceBinding::addOn)
                                .toList(),
                        backup(at.get("backup-before-shutdown"))));
    }

    private static Optional<Duration> backup(At at) {
        return at.present() ? Optional.of(Durations.of(at, "limit", "10m")) : Optional.empty();
    }

    private static HomeAssistant.AddOn addOn(At at) {
        String slug = at.text("slug", "");
        return new HomeAssistant.AddOn(slug, at.text("title", slug));
    }

    private Optional<ApiAccess> declared(At asset, String url, String kind) {
        At api = asset.get("api");
        return api.present() ? Optional.of(access(api, url, kind)) : Optional.empty();
    }

    static ApiAccess management(At at, String address, String site) {
        At api = at.get("api");
        return new ApiAccess(api.text("url", "https://" + address), api.text("secret", "redfish/" + site), tls(api));
    }

    private ApiAccess access(At api, String url, String kind) {
        return new ApiAccess(api.text("url", url), api.text("secret", kind + "/" + site.id()), tls(api));
    }

    /** What the certificate must be, where that is declared. */
    static Optional<ApiAccess.Tls> tls(At access) {
        At tls = access.get("tls");
        return tls.present()
                ? Optional.of(new ApiAccess.Tls(tls.text("authority"), tls.text("fingerprint")))
                : Optional.empty();
    }
}
