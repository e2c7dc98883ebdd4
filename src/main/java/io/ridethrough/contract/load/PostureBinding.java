package io.ridethrough.contract.load;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.PortMap;
import io.ridethrough.contract.Posture;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Makes the record of what a site says for the standard to compare with. */
final class PostureBinding {
    private final SiteDocs site;

    PostureBinding(SiteDocs site) {
        this.site = site;
    }

    Posture bind() {
        At network = site.file("network");
        List<Posture.Segment> segments =
                network.items("segments").stream().map(PostureBinding::segment).toList();
        return new Posture(
                segments,
                pool(network.get("dhcp-pool")),
                network.items("clients").stream().map(PostureBinding::client).toList(),
                exposures(),
                links(),
                site.list("guests", "excluded").stream()
                        .filter(at -> at.is("destroyed", false))
                        .map(at -> at.integer("vmid", 0))
                        .toList(),
                names(site.file("site").get("name-policy")),
                tailnet(site.file("site").get("tailnet")),
                portMaps(segments));
    }

    private Map<AssetId, PortMap> portMaps(List<Posture.Segment> segments) {
        return site.list("network", "devices").stream()
                .filter(at -> at.get("port-map").present())
                .collect(Collectors.toMap(
                        at -> References.own(site.id(), at),
                        at -> new PortMap(
                                at.get("poe-budget").present()
                                        ? OptionalInt.of(at.integer("poe-budget", 0))
                                        : OptionalInt.empty(),
                                at.items("port-map").stream()
                                        .map(port -> port(port, segments))
                                        .toList())));
    }

    private PortMap.Port port(At at, List<Posture.Segment> segments) {
        return new PortMap.Port(
                at.integer("port", 0),
                at.text("network").flatMap(id -> segments.stream()
                        .filter(segment -> segment.id().equals(id))
                        .findFirst()),
                at.get("poe").present() ? Optional.of(at.is("poe", false)) : Optional.empty(),
                References.id(site.id(), at.get("carries")));
    }

    private static Posture.Segment segment(At at) {
        return new Posture.Segment(
                at.text("id", ""), at.integer("vlan", 0), at.text("subnet", ""), at.texts("classes"));
    }

    static Optional<Posture.Pool> pool(At at) {
        return at.present() ? Optional.of(new Posture.Pool(at.text("from", ""), at.text("to", ""))) : Optional.empty();
    }

    private static Posture.Client client(At at) {
        String mac = at.text("mac", "").toLowerCase(Locale.ROOT);
        return new Posture.Client(mac, at.text("title", mac), at.text("kind", ""));
    }

    private Map<AssetId, Posture.Exposure> exposures() {
        return site.list("nodes", "nodes").stream()
                .filter(at -> at.get("exposes").present())
                .collect(Collectors.toMap(
                        at -> References.own(site.id(), at),
                        at -> new Posture.Exposure(
                                at.get("exposes").integers("ports"),
                                at.get("exposes").texts("accounts"))));
    }

    private Map<AssetId, Integer> links() {
        return site.list("storage", "nas").stream()
                .filter(at -> at.get("links").present())
                .collect(Collectors.toMap(at -> References.own(site.id(), at), at -> at.integer("links", 1)));
    }

    private static Optional<Posture.NamePolicy> names(At at) {
        return at.present()
                ? Optional.of(new Posture.NamePolicy(at.text("blocks", ""), at.texts("program")))
                : Optional.empty();
    }

    private Optional<Posture.Tailnet> tailnet(At at) {
        return References.id(site.id(), at.get("asked-on"))
                .map(askedOn -> new Posture.Tailnet(
                        askedOn,
                        members(at, "peers"),
                        members(at, "others"),
                        at.texts("routes"),
                        Durations.of(at, "offline-for", "168h")));
    }

    private static List<String> members(At at, String key) {
        String name = at.text("name", "");
        return at.texts(key).stream().map(peer -> peer + "." + name).toList();
    }
}
