package io.ridethrough.standard.word;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.BackupTarget;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.SecretName;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said of a site as a whole; every control may use it. */
final class SiteWords {
    static final List<Word<Site>> ALL = List.of(
            Word.text("site.id", (site, at) -> site.id().value()),
            Word.text("site.gateway", (site, at) -> Names.of(site.gateway())),
            Word.text("site.name_service", (site, at) -> Names.of(site.nameService())),
            Word.text("site.name_service_address", (site, at) -> nameService(site)),
            Word.text("site.blocked_name", (site, at) -> site.posture()
                    .names()
                    .map(Posture.NamePolicy::blocks)
                    .orElse("")),
            Word.texts("site.name_program", (site, at) -> site.posture()
                    .names()
                    .map(Posture.NamePolicy::program)
                    .orElse(List.of())),
            Word.texts(
                    "site.tailnet_peers",
                    (site, at) ->
                            site.posture().tailnet().map(Posture.Tailnet::peers).orElse(List.of())),
            Word.texts("site.tailnet_routes", (site, at) -> site.posture()
                    .tailnet()
                    .map(Posture.Tailnet::routes)
                    .orElse(List.of())),
            Word.texts("site.segments", (site, at) -> site.posture().segments().stream()
                    .map(Posture.Segment::toString)
                    .toList()),
            Word.texts("site.classes_nowhere", (site, at) -> nowhere(site)),
            Word.text("site.dhcp_pool", (site, at) -> site.posture()
                    .pool()
                    .map(pool -> pool.from() + " to " + pool.to())
                    .orElse("")),
            Word.numbers("site.destroyed_vmids", (site, at) -> site.posture().destroyed()),
            Word.texts("site.domains", (site, at) -> site.domains()),
            Word.truth(
                    "site.out_of_band_required", (site, at) -> site.outOfBand().required()),
            Word.texts(
                    "site.out_of_band_routers", (site, at) -> site.outOfBand().routers()),
            Word.texts(
                    "site.out_of_band_devices",
                    (site, at) -> Names.of(site.outOfBand().devices())),
            Word.number("site.recovery_attempts", (site, at) -> site.recovery().attempts()),
            Word.number(
                    "site.backup_windows", (site, at) -> site.backupWindows().size()),
            Word.number("site.upses", (site, at) -> site.power().upses().size()),
            Word.texts("site.fed", (site, at) -> Names.of(site.power().fedBy().keySet())),
            Word.number("site.nodes", (site, at) -> site.nodes().size()),
            Word.number("site.nases", (site, at) -> site.nases().size()),
            Word.number("site.devices", (site, at) -> site.devices().size()),
            Word.number("site.controllers", (site, at) -> site.controllers().size()),
            Word.texts("site.switches", (site, at) -> switches(site, device -> true)),
            Word.texts(
                    "site.switches_unmapped",
                    (site, at) ->
                            switches(site, device -> !site.posture().portMaps().containsKey(device.id()))),
            Word.numbers("site.vmids", (site, at) -> site.guests().stream()
                    .map(guest -> guest.vmid())
                    .toList()),
            Word.numbers("site.excluded_vmids", (site, at) -> site.excluded().stream()
                    .map(one -> one.vmid())
                    .toList()),
            Word.texts("site.unprobed", (site, at) -> unprobed(site)),
            Word.texts(
                    "site.undeclared",
                    (site, at) -> List.copyOf(at.standard().undeclared().getOrDefault(site.id(), Set.of()))),
            Word.texts("site.addresses_shared", (site, at) -> shared(site)),
            Word.textByName("site.mac_at", (site, at) -> macs(site)),
            Word.number("site.stacks", (site, at) -> site.stacks().size()),
            Word.texts("site.secret_names", (site, at) -> site.upkeep().secretNames().stream()
                    .map(SecretName::name)
                    .toList()),
            Word.number(
                    "site.backup_targets", (site, at) -> site.upkeep().backups().size()),
            Word.number("site.application_targets", (site, at) -> targets(site, BackupTarget.Kind.APPLICATION)),
            Word.number("site.offsite_targets", (site, at) -> targets(site, BackupTarget.Kind.COPY)),
            Word.texts("site.targets_without_pruning", (site, at) -> site.upkeep().backups().stream()
                    .filter(target -> target.keeps().isEmpty())
                    .map(BackupTarget::id)
                    .toList()));

    private SiteWords() {}

    /** The address at which the site's name service is asked, as its probes or its own declaration have it. */
    private static String nameService(Site site) {
        return site.nameService()
                .flatMap(id -> site.probes().stream()
                        .filter(probe -> probe.asset().equals(id))
                        .filter(Probe.Dns.class::isInstance)
                        .map(probe -> ((Probe.Dns) probe).server())
                        .findFirst()
                        .or(() -> site.guests().stream()
                                .filter(guest -> guest.id().equals(id))
                                .flatMap(guest -> guest.ssh().stream())
                                .map(SshAccess::host)
                                .findFirst()))
                .orElse("");
    }

    /** What stands on the network and belongs on no network of the plan. */
    private static List<String> nowhere(Site site) {
        return Stream.concat(
                        site.devices().stream().map(Device::role),
                        site.posture().clients().stream().map(Posture.Client::kind))
                .filter(kind -> site.posture().segmentOf(kind).isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> switches(Site site, Predicate<Device> which) {
        return site.devices().stream()
                .filter(device -> device.role().equals("switch") && which.test(device))
                .map(device -> device.id().name())
                .toList();
    }

    private static long targets(Site site, BackupTarget.Kind kind) {
        return site.upkeep().backups().stream()
                .filter(target -> target.kind() == kind)
                .count();
    }

    private static List<String> unprobed(Site site) {
        Set<AssetId> probed = site.probes().stream().map(Probe::asset).collect(Collectors.toSet());
        return Stream.<List<? extends Asset>>of(site.nodes(), site.nases(), site.guests())
                .flatMap(List::stream)
                .filter(asset -> !probed.contains(asset.id()))
                .map(asset -> asset.id().name())
                .toList();
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
}
