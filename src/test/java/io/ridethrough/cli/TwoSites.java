package io.ridethrough.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An installation with two small sites of loopback, each a device whose port is asked by a probe. */
final class TwoSites {
    private TwoSites() {}

    /** Writes contracts and settings below the folder; the answer is the settings' file. */
    static Path write(Path folder, int http, int quay, int pier) throws IOException {
        Path contracts = folder.resolve("contracts");
        site(contracts, "quay", quay);
        site(contracts, "pier", pier);
        Files.writeString(
                contracts.resolve("policy.yaml"), "windows: []\nchecks: {attempts: 1, timeout: 2s, back-off: 1s}\n");
        return Files.writeString(
                folder.resolve("settings.properties"),
                Files.readString(Path.of("application.properties")) + "\nridethrough.routes = "
                        + Path.of("routes").toAbsolutePath() + "\nridethrough.http.port = " + http + "\n");
    }

    private static void site(Path contracts, String name, int port) throws IOException {
        Path site = Files.createDirectories(contracts.resolve("sites").resolve(name));
        Files.writeString(
                site.resolve("site.yaml"),
                "site: " + name + "\ntitle: The " + name + "\ntime-zone: UTC\nlan: 127.0.0.0/8\ndomains: [infra]\n"
                        + "defaults: {owner: test, domain: infra, tier: 1}\npower-off: false\n"
                        + "orchestrator: {runs-on: outside}\nout-of-band: {required: false}\n"
                        + "recovery: {attempts: 1, back-off: 1s}\n");
        Files.writeString(
                site.resolve("network.yaml"),
                "devices:\n  - {id: door, title: A door, role: switch, address: 127.0.0.1, ports: [" + port + "]}\n");
        Files.writeString(
                site.resolve("services.yaml"),
                "probes:\n  - {id: knock, asset: door, tcp: {host: 127.0.0.1, port: " + port + "}}\n");
        for (String list : List.of("power", "nodes", "storage", "guests", "stacks", "home-assistant", "backup")) {
            Files.writeString(site.resolve(list + ".yaml"), "none: not in this test\n");
        }
    }
}
