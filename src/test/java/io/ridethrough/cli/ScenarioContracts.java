package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contracts made out of a scenario of the independent lab: the same hosts, guests and edges. */
final class ScenarioContracts {
    private final JsonNode world;
    private final Map<String, String> sites = new LinkedHashMap<>();
    private final Map<String, List<String>> needs = new LinkedHashMap<>();

    ScenarioContracts(JsonNode world) {
        this.world = world;
        world.path("hosts")
                .forEach(host ->
                        sites.put(host.path("id").asText(), host.path("site").asText()));
        world.path("edges").forEach(edge -> {
            String down = edge.path(0).asText();
            String later = edge.path(1).asText();
            if (!down.startsWith(later + "/")) {
                needs.computeIfAbsent(down, at -> new ArrayList<>()).add(reference(later));
            }
        });
    }

    Path write(Path root) throws IOException {
        for (String site : List.copyOf(new java.util.TreeSet<>(sites.values()))) {
            Path folder = Files.createDirectories(root.resolve("sites").resolve(site));
            write(
                    folder,
                    "site",
                    "site: " + site + "\ntitle: " + site + "\ntime-zone: UTC\nlan: 127.0.0.0/8\n"
                            + "domains: [infra]\ndefaults: {owner: lab, domain: infra, tier: 1}\npower-off: true\n"
                            + "orchestrator: {runs-on: outside}\nout-of-band: {required: false}\n"
                            + "recovery: {attempts: 1, back-off: 1s}\n");
            write(folder, "power", "none: not in the scenario\n");
            write(folder, "nodes", list("nodes", nodes(site, false)));
            write(folder, "storage", list("nas", nodes(site, true)));
            write(folder, "guests", list("guests", guests(site)));
            for (String name : List.of("stacks", "network", "home-assistant", "backup", "services")) {
                write(folder, name, "none: not in the scenario\n");
            }
        }
        write(root, "policy", "windows: []\nchecks: {attempts: 1, timeout: 5s, back-off: 1s}\n");
        return root;
    }

    static Path knownHosts(JsonNode world, Path state, Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (JsonNode host : world.path("hosts")) {
            Path published = state.resolve("keys/host_" + host.path("id").asText() + ".pub");
            lines.append("[127.0.0.1]:").append(host.path("port").asInt()).append(' ');
            lines.append(Files.readString(published).strip()).append('\n');
        }
        return Files.writeString(file, lines);
    }

    private List<String> nodes(String site, boolean nas) {
        List<String> nodes = new ArrayList<>();
        for (JsonNode host : world.path("hosts")) {
            String id = host.path("id").asText();
            if (!host.path("site").asText().equals(site)
                    || nas != host.path("kind").asText().equals("nas")) {
                continue;
            }
            int port = host.path("port").asInt();
            nodes.add("{id: " + id + ", title: " + id + (nas ? "" : ", node-name: " + id + ", version: '9'")
                    + ", address: 127.0.0.1, ssh: {host: 127.0.0.1, port: " + port + ", user: root, identity: ssh/lab}"
                    + ", proof-of-off: {ports: [" + port + "], quiet: 100ms}" + duration("off", host, "off_s")
                    + duration("boot", host, "boot_s") + (nas ? "" : ", stops-at-once: 64, starts-at-once: 64")
                    + needs(id) + "}");
        }
        return nodes;
    }

    private List<String> guests(String site) {
        List<String> guests = new ArrayList<>();
        for (JsonNode guest : world.path("guests")) {
            String host = guest.path("host").asText();
            String id = guest.path("id").asText();
            if (site.equals(sites.get(host))) {
                guests.add("{id: " + host + "-" + id + ", title: "
                        + guest.path("name").asText() + ", kind: "
                        + (guest.path("kind").asText().equals("qm") ? "vm" : "container") + ", vmid: " + id
                        + ", runs-on: " + host + ", grace: 60s, force: permitted, onboot: true"
                        + duration("stop-takes", guest, "stop_s") + duration("start-takes", guest, "boot_s")
                        + needs(host + "/" + id) + "}");
            }
        }
        return guests;
    }

    private String needs(String name) {
        List<String> all = needs.getOrDefault(name, List.of());
        return all.isEmpty() ? "" : ", needs: [" + String.join(", ", all) + "]";
    }

    private String reference(String name) {
        String host = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
        return sites.get(host) + "/" + name.replace('/', '-');
    }

    private static String duration(String key, JsonNode of, String seconds) {
        return ", " + key + ": " + Math.max(1, Math.round(of.path(seconds).asDouble() * 1000)) + "ms";
    }

    private static String list(String key, List<String> entries) {
        return entries.isEmpty()
                ? "none: not in the scenario\n"
                : key + ":\n  - " + String.join("\n  - ", entries) + "\n";
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), text);
    }
}
