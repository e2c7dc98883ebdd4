package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.draft.bindings.Finding.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Probes, from the endpoints of the services. */
final class Endpoints {
    private static final Pattern HOST = Pattern.compile("https?://([^:/]+).*");

    private final SiteImport site;
    private final Map<String, Spot> urls = new HashMap<>();

    Endpoints(SiteImport site) {
        this.site = site;
    }

    void read() {
        for (Spot endpoint : site.bindings.list("services.health.yaml", "endpoints")) {
            String url = endpoint.text("url").orElse("");
            Optional<Known> host = site.find(endpoint.text("host").orElse(""));
            String id = endpoint.text("id").orElse("");
            Matcher address = HOST.matcher(url);
            boolean near = address.matches() && site.lan.has(address.group(1));
            if (host.isEmpty()) {
                if (near) {
                    site.findings.add(
                            Kind.DANGLING,
                            "the endpoint " + id + " is on no machine of the site",
                            "left out",
                            endpoint.get("host"));
                }
            } else if (!site.bindings.active(endpoint)) {
                site.findings.add(
                        Kind.STALE, "the endpoint " + id + " is switched off", "left out", endpoint.get("enabled"));
            } else {
                probe(host.get(), endpoint, id, url);
            }
        }
    }

    private void probe(Known host, Spot endpoint, String id, String url) {
        Spot first = urls.putIfAbsent(url, endpoint.get("url"));
        if (first != null) {
            site.findings.add(
                    Kind.STALE,
                    "the endpoint " + id + " asks what another asks",
                    "left out",
                    first,
                    endpoint.get("url"));
            return;
        }
        Matcher address = HOST.matcher(url);
        String known = host.values().path("address").asText("");
        if (address.matches() && !known.isEmpty() && !address.group(1).equals(known)) {
            site.findings.add(
                    Kind.CONTRADICTION,
                    "the endpoint " + id + " is asked at another address than that of " + host.id(),
                    "asked where it says",
                    endpoint.get("url"),
                    host.entry().get("lan_ip"));
        }
        ObjectNode probe =
                site.draft.add("services", "probes").put("id", Bindings.id(id)).put("asset", host.id());
        ObjectNode http = probe.putObject("http").put("url", url);
        ArrayNode expect = http.putArray("expect");
        for (String code : endpoint.text("expect").orElse("200").split(",", -1)) {
            if (code.strip().matches("[1-5][0-9][0-9]")) {
                expect.add(Integer.parseInt(code.strip()));
            }
        }
    }
}
