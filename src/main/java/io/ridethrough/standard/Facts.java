package io.ridethrough.standard;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.Standard;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What contracts declare, in the words of the vocabulary. */
final class Facts {
    private Facts() {}

    static Map<String, Object> of(Subject subject, Standard standard) {
        Map<String, Object> facts = new HashMap<>();
        site(subject.site(), standard, facts);
        subject.asset().ifPresent(asset -> asset(subject.site(), asset, facts));
        return facts;
    }

    private static void site(Site site, Standard standard, Map<String, Object> facts) {
        facts.put("site.id", site.id().value());
        facts.put("site.gateway", name(site.gateway()));
        facts.put("site.name_service", name(site.nameService()));
        facts.put("site.name_service_address", Subject.nameService(site).orElse(""));
        facts.put("site.domains", site.domains());
        facts.put("site.out_of_band_required", site.outOfBand().required());
        facts.put("site.out_of_band_routers", site.outOfBand().routers());
        facts.put("site.out_of_band_devices", names(site.outOfBand().devices()));
        facts.put("site.recovery_attempts", (long) site.recovery().attempts());
        facts.put("site.backup_windows", (long) site.backupWindows().size());
        facts.put("site.upses", (long) site.power().upses().size());
        facts.put("site.fed", names(site.power().fedBy().keySet()));
        facts.put("site.nodes", (long) site.nodes().size());
        facts.put("site.nases", (long) site.nases().size());
        facts.put("site.devices", (long) site.devices().size());
        facts.put("site.controllers", (long) site.controllers().size());
        facts.put(
                "site.vmids",
                site.guests().stream().map(guest -> (long) guest.vmid()).toList());
        facts.put(
                "site.excluded_vmids",
                site.excluded().stream().map(one -> (long) one.vmid()).toList());
        Set<AssetId> probed = site.probes().stream().map(Probe::asset).collect(Collectors.toSet());
        facts.put(
                "site.unprobed",
                Stream.<List<? extends Asset>>of(site.nodes(), site.nases(), site.guests())
                        .flatMap(List::stream)
                        .filter(asset -> !probed.contains(asset.id()))
                        .map(asset -> asset.id().name())
                        .toList());
        facts.put("site.undeclared", List.copyOf(standard.undeclared().getOrDefault(site.id(), Set.of())));
        facts.put("site.addresses_shared", shared(site));
        facts.put("site.mac_at", macs(site));
    }

    /** By address the hardware addresses that its device may show, as a regular expression. */
    private static Map<String, String> macs(Site site) {
        return site.devices().stream()
                .filter(device -> device.address().isPresent() && !device.macs().isEmpty())
                .collect(Collectors.toMap(
                        device -> device.address().orElseThrow(),
                        device -> String.join("|", device.macs()).toLowerCase(Locale.ROOT),
                        (one, other) -> one + "|" + other));
    }

    private static List<String> shared(Site site) {
        Stream<String> addresses = Stream.of(
                        site.nodes().stream().map(Node::address),
                        site.nases().stream().map(Nas::address),
                        site.devices().stream().flatMap(device -> device.address().stream()))
                .flatMap(Function.identity());
        return addresses.collect(Collectors.groupingBy(one -> one, Collectors.counting())).entrySet().stream()
                .filter(one -> one.getValue() > 1)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static void asset(Site site, Asset asset, Map<String, Object> facts) {
        facts.put("asset.id", asset.id().name());
        facts.put("asset.title", asset.title());
        facts.put("asset.owner", asset.stewardship().owner());
        facts.put("asset.domain", asset.stewardship().domain());
        facts.put("asset.tier", (long) asset.stewardship().tier());
        facts.put("asset.slo", asset.stewardship().slo());
        facts.put("asset.needs", names(asset.needs()));
        facts.put(
                "asset.probes",
                site.probes().stream()
                        .filter(probe -> probe.asset().equals(asset.id()))
                        .count());
        if (asset instanceof Node node) {
            facts.put("asset.version", node.version());
            facts.put("asset.address", node.address());
            facts.put("asset.node_name", node.nodeName());
            facts.put("asset.mounts", node.mounts().stream().map(Mount::at).toList());
            facts.put("asset.wake_ways", (long) node.wake().size());
            facts.put("asset.has_api", node.api().isPresent());
        } else if (asset instanceof Nas nas) {
            facts.put("asset.exports", nas.exports());
            facts.put("asset.wake_ways", (long) nas.wake().size());
            facts.put("asset.has_api", nas.api().isPresent());
        } else if (asset instanceof Guest guest) {
            guest(site, guest, facts);
        } else if (asset instanceof Stack stack) {
            facts.put("asset.project", stack.project());
            facts.put("asset.path", stack.path());
        } else if (asset instanceof Device device) {
            device(site, device, facts);
        }
    }

    private static void guest(Site site, Guest guest, Map<String, Object> facts) {
        facts.put("asset.vmid", (long) guest.vmid());
        facts.put("asset.container", guest.form() == Guest.Form.CONTAINER);
        facts.put("asset.onboot", guest.onboot());
        facts.put("asset.has_ssh", guest.ssh().isPresent());
        facts.put("asset.mounts", guest.mounts().stream().map(Mount::at).toList());
        Optional<HomeAssistant> home =
                site.homeAssistant().filter(one -> one.guest().equals(guest.id()));
        facts.put(
                "asset.add_ons",
                home.map(one -> one.addOns().stream()
                                .map(HomeAssistant.AddOn::slug)
                                .toList())
                        .orElse(List.of()));
        facts.put("asset.radios", home.map(one -> names(one.radios())).orElse(List.of()));
    }

    private static void device(Site site, Device device, Map<String, Object> facts) {
        facts.put("asset.role", device.role());
        facts.put("asset.address", device.address().orElse(""));
        facts.put("asset.macs", device.macs());
        facts.put(
                "asset.ports", device.ports().stream().map(port -> (long) port).toList());
        facts.put(
                "asset.reservations",
                site.devices().stream()
                        .filter(one -> one.address().isPresent() && one.role().equals("radio"))
                        .flatMap(one -> one.macs().stream()
                                .map(mac -> mac.toLowerCase(Locale.ROOT) + " "
                                        + one.address().orElseThrow()))
                        .toList());
        facts.put(
                "asset.switches",
                site.devices().stream()
                        .filter(one -> one.role().equals("switch"))
                        .flatMap(one -> one.macs().stream().limit(1))
                        .map(mac -> mac.toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static String name(Optional<AssetId> id) {
        return id.map(AssetId::name).orElse("");
    }

    private static List<String> names(Collection<AssetId> ids) {
        return ids.stream().map(AssetId::name).sorted().toList();
    }
}
