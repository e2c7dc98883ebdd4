package io.ridethrough.contract.load;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Probe;
import java.util.List;
import java.util.Set;

/** Makes the records of a site's probes. */
final class ProbeBinding {
    private ProbeBinding() {}

    static List<Probe> probes(SiteDocs site) {
        return site.list("services", "probes").stream()
                .map(at -> probe(site.id(), at))
                .toList();
    }

    private static Probe probe(String site, At at) {
        String id = at.text("id", "");
        AssetId asset = References.id(site, at.text("asset", ""));
        if (at.get("http").present()) {
            At http = at.get("http");
            List<Integer> expect = http.integers("expect");
            return new Probe.Http(id, asset, http.text("url", ""), expect.isEmpty() ? Set.of(200) : Set.copyOf(expect));
        }
        if (at.get("tcp").present()) {
            At tcp = at.get("tcp");
            return new Probe.Tcp(id, asset, tcp.text("host", ""), tcp.integer("port", 0));
        }
        if (at.get("dns").present()) {
            At dns = at.get("dns");
            return new Probe.Dns(id, asset, dns.text("server", ""), dns.integer("port", 53), dns.text("name", ""));
        }
        At command = at.get("command");
        return new Probe.Command(id, asset, References.id(site, command.text("on", "")), command.texts("run"));
    }
}
