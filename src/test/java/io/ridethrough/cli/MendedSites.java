package io.ridethrough.cli;

import io.ridethrough.contract.AssetId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What nobody has declared yet of the shipped sites and of the attic, written down as it would be. */
final class MendedSites {
    private static final String ONE_PORT = "    port-map:\n      - {port: 1, network: backbone}\n";
    private static final List<String> UNPROBED_AT_THE_SHOP = List.of(
            "infra-core",
            "observability",
            "dev-tools",
            "ai-consolidation",
            "automation-stack",
            "immich",
            "finance-stack",
            "mint-data",
            "mint-apps",
            "communications-stack");

    private MendedSites() {}

    static void home(ChangedFolder contracts) throws IOException {
        String network = "sites/home/network.yaml";
        for (String mac : List.of("94:2a:6f:4c:bb:ff", "6c:63:f8:98:d4:07", "b4:fb:e4:85:8c:38")) {
            contracts.replace(network, "    macs: [\"" + mac + "\"]\n", "    macs: [\"" + mac + "\"]\n" + ONE_PORT);
        }
        contracts
                .replace(
                        network,
                        "segments:\n",
                        "controllers: [{runs-on: udr-home, classic-secret: classic/home}]\nsegments:\n")
                .replace("sites/home/backup.yaml", "    every: 24h\n", "    every: 24h\n    keeps: keep-last=7\n")
                .replace("sites/home/backup.yaml", "    every: 168h\n", "    every: 168h\n    keeps: keep-last=4\n")
                .add("sites/home/backup.yaml", """
                          - id: elsewhere
                            kind: copy
                            of: [homeassistant, pihole-home]
                            on: attic/nas
                            dsm-task: offsite
                            every: 24h
                            keeps: 10 versions
                        """);
    }

    static void shop(ChangedFolder contracts) throws IOException {
        String network = "sites/shop/network.yaml";
        Path backup = contracts.path().resolve("sites/shop/backup.yaml");
        Files.writeString(
                backup,
                Files.readString(backup)
                        .replaceAll(
                                "(?m)^    (every: 24h)\\n((?:    stale-after: .*\\n)?+)(?!    keeps)",
                                "    $1\n$2    keeps: 7 days\n"));
        contracts
                .replace(
                        network,
                        "    macs: [\"f8:b1:56:73:a0:d0\"]\n",
                        "    macs: [\"f8:b1:56:73:a0:d0\"]\n" + ONE_PORT)
                .replace(
                        network,
                        "dhcp-pool:",
                        "controllers: [{runs-on: udr-shop, classic-secret: classic/shop}]\ndhcp-pool:")
                .replace("sites/shop/site.yaml", "  routers: []", "  routers: [windows-mint.taile9480.ts.net]")
                .replace("sites/shop/power.yaml", "wake: []", """
                        wake:
                          - asset: pve
                            ways:
                              - wake-on-lan: {macs: ["02:00:5e:10:10:01"], broadcast: 192.168.1.255}""")
                .add("sites/shop/services.yaml", probes("shop", UNPROBED_AT_THE_SHOP));
    }

    static void attic(ChangedFolder contracts) throws IOException {
        contracts
                .replace("sites/attic/site.yaml", "tier: 3}", "tier: 3, slo: back within a day}")
                .replace(
                        "sites/attic/network.yaml",
                        "    ports: [1883]",
                        "    macs: [\"02:00:5e:10:00:05\"]\n    ports: [1883]")
                .replace("sites/attic/storage.yaml", "    ssh: {user: admin}", "    ssh: {user: admin}\n    api: {}")
                .replace("sites/attic/guests.yaml", "name: old,", "name: attic-of-2019,")
                .add("sites/attic/services.yaml", probes("attic", List.of("pve2", "nas", "media")) + """
                          - {id: cameras-run, asset: cameras, command: {on: pve2, run: [systemctl, is-active, pve-cluster]}}
                        """);
    }

    /** Whether each lets a command in: of whatever is a machine that can be asked. */
    private static String probes(String site, List<String> machines) {
        return machines.stream()
                .map(name -> AssetId.parse(site + "/" + name))
                .map(id -> "  - {id: " + id.name() + "-lives, asset: " + id.name() + ", command: {on: " + id.name()
                        + ", run: [\"true\"]}}\n")
                .collect(Collectors.joining());
    }
}
