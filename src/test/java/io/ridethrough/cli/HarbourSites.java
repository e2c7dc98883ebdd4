package io.ridethrough.cli;

import io.ridethrough.realparts.ScriptedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Contract folders of two sites whose hosts are real sshd's on 127.0.0.1: the harbour with two nodes and a NAS, and the
 * barn with one of each. What they declare of addresses and ports is where things really are.
 */
final class HarbourSites {
    private static final String NONE = "none: not at this site\n";

    private final Map<String, ScriptedHost> hosts;
    private final int broker;
    private final int wake;

    HarbourSites(Map<String, ScriptedHost> hosts, int broker, int wake) {
        this.hosts = hosts;
        this.broker = broker;
        this.wake = wake;
    }

    /** The address of a host's network card. */
    static String mac(String host) {
        return "02:00:5e:20:00:%02x".formatted(host.hashCode() & 0xff);
    }

    /**
     * @param holds {@code outage-hold: ..., return-hold: ...}
     * @param publishes how readings arrive: {@code on-change} or {@code every 2s}
     */
    void harbour(Path contracts, String holds, String publishes) throws IOException {
        write(contracts, "policy", "windows: []\nchecks: {attempts: 3, timeout: 5s, back-off: 500ms}\n");
        Path site = contracts.resolve("sites/harbour");
        common(site, "harbour", "name-service: dns\n");
        write(site, "nodes", """
                nodes:
                  - id: pier
                    node-name: pier
                    version: 9.1.4
                @pier@
                    mounts: [{export: "silo:/volume1/files", at: /mnt/files}]
                    off: 2s
                    boot: 5s
                    wakes-apart: 2s
                  - id: crane
                    node-name: crane
                    version: 9.1.4
                @crane@
                    mounts: [{export: "silo:/volume1/files", at: /mnt/files}]
                    off: 2s
                    boot: 5s
                    wakes-apart: 2s
                """);
        write(site, "storage", """
                nas:
                  - id: silo
                @silo@
                    exports: [/volume1/files]
                    off: 2s
                    boot: 5s
                """);
        write(site, "guests", """
                guests:
                  - {id: dns, kind: container, vmid: 101, runs-on: pier, grace: 30s, force: permitted, @times@}
                  - {id: db, kind: vm, vmid: 102, runs-on: pier, grace: 30s, force: never, needs: [dns], ready: responds, @times@}
                  - {id: web, kind: vm, vmid: 103, runs-on: pier, grace: 30s, force: permitted, needs: [db], @times@}
                  - {id: bench, kind: vm, vmid: 104, runs-on: pier, grace: 30s, force: permitted, @times@}
                  - {id: media, kind: vm, vmid: 201, runs-on: crane, grace: 30s, force: permitted, needs: [db], @times@}
                  - {id: cameras, kind: container, vmid: 202, runs-on: crane, grace: 30s, force: permitted, needs: [media], @times@}
                excluded:
                  - {vmid: 900, runs-on: crane, name: template, reason: a template}
                """);
        write(site, "power", power("harbour", holds, publishes, "pier", "crane", "silo"));
        write(site, "services", """
                probes:
                  - {id: cluster, asset: pier, command: {on: pier, run: [systemctl, is-active, pve-cluster]}}
                  - {id: player, asset: media, command: {on: crane, run: [systemctl, is-active, player]}}
                  - {id: files, asset: silo, tcp: {host: 127.0.0.1, port: @silo-port@}}
                """);
    }

    void barn(Path contracts) throws IOException {
        Path site = contracts.resolve("sites/barn");
        common(site, "barn", "");
        write(site, "nodes", """
                nodes:
                  - id: loft
                    node-name: loft
                    version: 8.4.1
                @loft@
                    mounts: [{export: "crib:/volume1/hay", at: /mnt/hay}]
                    off: 2s
                    boot: 5s
                """);
        write(site, "storage", """
                nas:
                  - id: crib
                @crib@
                    exports: [/volume1/hay]
                    off: 2s
                    boot: 5s
                """);
        write(site, "guests", """
                guests:
                  - {id: feeder, kind: container, vmid: 301, runs-on: loft, grace: 30s, needs: [scale], @times@}
                  - {id: scale, kind: vm, vmid: 302, runs-on: loft, grace: 30s, @times@}
                """);
        write(site, "power", power("barn", "outage-hold: 60s, return-hold: 5m", "every 2s", "loft", "crib"));
        write(site, "services", """
                probes:
                  - {id: feeding, asset: feeder, command: {on: loft, run: [systemctl, is-active, feeder]}}
                  - {id: hay, asset: crib, tcp: {host: 127.0.0.1, port: @crib-port@}}
                """);
    }

    /** One node whose guests are machines that take their time; one of them hears no power button. */
    void dock(Path contracts, String holds) throws IOException {
        write(contracts, "policy", "windows: []\nchecks: {attempts: 3, timeout: 10s, back-off: 500ms}\n");
        Path site = contracts.resolve("sites/dock");
        common(site, "dock", "");
        write(site, "nodes", """
                nodes:
                  - id: keel
                    node-name: keel
                    version: 9.1.4
                @keel@
                    off: 2s
                    boot: 5s
                """);
        write(site, "storage", NONE);
        write(site, "guests", """
                guests:
                  - {id: db, kind: vm, vmid: 101, runs-on: keel, grace: 2m, ready: responds, @slow@}
                  - {id: app, kind: vm, vmid: 102, runs-on: keel, grace: 2m, needs: [db], ready: responds, @slow@}
                  - {id: deaf, kind: vm, vmid: 103, runs-on: keel, grace: 20s, force: permitted, @slow@}
                """.replace("@slow@", "onboot: true, stop-takes: 20s, start-takes: 2m"));
        write(site, "power", power("dock", holds, "on-change", "keel"));
        write(site, "services", NONE);
    }

    private void common(Path site, String name, String more) throws IOException {
        write(site, "site", """
                site: @site@
                title: The @site@
                time-zone: UTC
                lan: 127.0.0.0/8
                domains: [infra]
                defaults: {owner: "@ops", domain: infra, tier: 2}
                power-off: true
                orchestrator: {runs-on: outside}
                out-of-band: {required: false}
                recovery: {attempts: 2, back-off: 500ms}
                """.replace("@site@", name) + more);
        for (String file : new String[] {"stacks", "network", "home-assistant", "backup"}) {
            write(site, file, NONE);
        }
    }

    /** The broker is named otherwise than the hosts, since no guest may carry it. */
    private String power(String ups, String holds, String publishes, String... fed) {
        StringBuilder text = new StringBuilder("""
                upses:
                  - id: ups
                    runtime: 20m
                    mqtt:
                      broker: tcp://localhost:@broker@
                      format: variables
                      topic: ups/@ups@/{variable}
                      publishes: @publishes@
                policy: {@holds@, return-charge: 50, dead-time: 15s}
                """.replace("@broker@", Integer.toString(broker))
                .replace("@ups@", ups)
                .replace("@holds@", holds)
                .replace("@publishes@", publishes));
        text.append("supplies:\n");
        for (String asset : fed) {
            text.append("  - {asset: ").append(asset).append(", fed-by: [ups]}\n");
        }
        text.append("wake:\n");
        for (String asset : fed) {
            text.append("  - {asset: ").append(asset).append(", ways: [{wake-on-lan: {macs: [\"");
            text.append(mac(asset)).append("\"], broadcast: 127.0.0.1, port: ").append(wake);
            text.append("}}]}\n");
        }
        return text.toString();
    }

    private void write(Path folder, String name, String text) throws IOException {
        String filled = text.replace("@times@", "onboot: true, stop-takes: 500ms, start-takes: 500ms");
        for (ScriptedHost host : hosts.values()) {
            String port = Integer.toString(host.ssh().port());
            filled = filled.replace(
                            "@" + host.name() + "@",
                            "    address: 127.0.0.1\n    ssh: {host: 127.0.0.1, port: " + port
                                    + ", user: root, identity: ssh/" + host.name() + "}\n    proof-of-off: {ports: ["
                                    + port + "], quiet: 400ms}")
                    .replace("@" + host.name() + "-port@", port);
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".yaml"), filled);
    }
}
