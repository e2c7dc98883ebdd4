package io.ridethrough.contract.load;

import io.ridethrough.contract.Posture;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be true of what a site says for the standard to compare with: nothing is said twice, or two ways. */
final class PostureRules {
    private final SiteDocs site;
    private final Reports reports;

    PostureRules(SiteDocs site, Reports reports) {
        this.site = site;
        this.reports = reports;
    }

    void check() {
        At network = site.file("network");
        List<At> segments = network.items("segments");
        once("segment", segments.stream().map(at -> at.get("id")));
        once("the segment of VLAN", segments.stream().map(at -> at.get("vlan")));
        once("a segment for the class", segments.stream().flatMap(at -> at.items("classes").stream()));
        once(
                "the hardware address",
                Stream.concat(
                        site.list("network", "devices").stream().flatMap(at -> at.items("macs").stream()),
                        network.items("clients").stream().map(at -> at.get("mac"))));
        At tailnet = site.file("site").get("tailnet");
        once("the peer", Stream.concat(tailnet.items("peers").stream(), tailnet.items("others").stream()));
        pool(network.get("dhcp-pool"));
        Set<String> known =
                segments.stream().flatMap(at -> at.text("id").stream()).collect(Collectors.toCollection(TreeSet::new));
        for (At device : site.list("network", "devices")) {
            once("the port", device.items("port-map").stream().map(at -> at.get("port")));
            device.items("port-map").forEach(at -> network(at.get("network"), known));
        }
    }

    private void network(At at, Set<String> known) {
        at.text()
                .filter(id -> !known.contains(id))
                .ifPresent(id -> reports.error(
                        at,
                        "there is no segment " + Words.quoted(id),
                        known.isEmpty() ? "say segments in this file" : "known are " + String.join(", ", known)));
    }

    private void once(String what, Stream<At> all) {
        Map<String, At> first = new HashMap<>();
        all.filter(At::present).forEach(at -> {
            String said = at.node().asText().toLowerCase(Locale.ROOT);
            At before = first.putIfAbsent(said, at);
            if (before != null && !Objects.equals(before.pointer(), at.pointer())) {
                reports.error(
                        at,
                        what + " " + Words.quoted(said) + " is here twice",
                        "first at line " + before.place().line());
            }
        });
    }

    private void pool(At at) {
        PostureBinding.pool(at)
                .filter(pool -> at.get("from").present() && at.get("to").present())
                .map(Posture.Pool::to)
                .filter(last -> !new Posture.Pool(at.text("from", ""), last).holds(last))
                .ifPresent(last -> reports.error(
                        at.get("to"), "the pool ends before it begins", "write the lower address in from"));
    }
}
