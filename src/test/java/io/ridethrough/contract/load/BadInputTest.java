package io.ridethrough.contract.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What people are shown, word for word: the golden texts are in {@code contracts/diagnostics.txt}. */
class BadInputTest {
    private static final String WAKE_PVE2 = "wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255}";

    private static final String MQTT = """
                  broker: tcp://192.0.2.5:1883
                  secret: mqtt/attic
                  format: variables
                  topic: ups/attic/{variable}
                  publishes: every 5s
            """;

    private final Map<String, ChangedAttic> cases = new LinkedHashMap<>();

    @TestFactory
    Stream<DynamicTest> showsWhatIsWrongAndWhereAndWhatToDo() throws IOException {
        shape();
        values();
        references();
        files();
        yaml();
        power();
        upkeep();
        Map<String, String> golden = golden();
        assertThat(golden.keySet()).containsExactlyElementsOf(cases.keySet());
        return cases.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey(), () -> assertThat(one.getValue().shown()).isEqualTo(golden.get(one.getKey()))));
    }

    @Test
    void showsAllDiagnosticsAtOnceSortedByPlace() {
        Loaded loaded = new ChangedAttic()
                .replace("guests", "runs-on: pve2\n    ssh", "runs-on: pve9\n    ssh")
                .replace("site", "power-off: true", "power-off: yes")
                .without("services")
                .with("backup", "none: &x y\n")
                .load();

        assertThat(loaded).isInstanceOf(Loaded.Bad.class);
        assertThat(loaded.diagnostics())
                .isSorted()
                .map(Diagnostic::file)
                .contains(
                        "contracts/sites/attic/backup.yaml",
                        "contracts/sites/attic/guests.yaml",
                        "contracts/sites/attic/services.yaml",
                        "contracts/sites/attic/site.yaml");
    }

    private void shape() {
        add("unknown key")
                .replace("guests", "force: permitted\n    needs: [core]\n  - id: m", "nedes: [core]\n  - id: m");
        add("wrong type")
                .replace("guests", "vmid: 102", "vmid: one-oh-two")
                .replace("site", "power-off: true", "power-off: yes")
                .replace("nodes", "mounts:\n", "mounts: x\n    #");
        add("missing key")
                .replace("guests", "    vmid: 102\n", "")
                .replace("power", "      topic: ups/attic/{variable}\n", "");
        add("list beside none").replace("storage", "nas:\n", "none: x\nnas:\n");
        add("neither list nor none").with("storage", "nass: []\n");
        add("probe that asks nothing, probe that asks twice")
                .replace("services", "    dns: {server: 192.0.2.53, name: example.org}\n", "")
                .replace("services", "port: 8080}", "port: 8080}\n    command: {on: pve1, run: [x]}");
    }

    private void values() {
        add("values that are not what they should be")
                .replace("site", "Europe/Berlin", "Europe/Berln")
                .replace("site", "192.0.2.0/24", "192.0.2.0/33")
                .replace("power", "02:00:5e:10:00:01", "02:00:5e:10:00:0g")
                .replace("network", "192.0.2.1\n", "192.0.2.256\n")
                .replace("guests", "kind: container", "kind: vn")
                .replace("guests", "grace: 5m", "grace: 5 min")
                .replace("guests", "domain: iot", "domain: iott");
        add("window that fits no site")
                .replace("policy", "cron: 0 0 4 ? * SUN", "cron: every day")
                .replace("policy", "[attic]", "[atic]")
                .replace("policy", "[precheck, verify]", "[verify, precheck]");
        add("hour that no clock tells").replace("policy", "cron: 0 0 4 ? * SUN", "cron: 0 0 25 ? * SUN");
        add("site in the folder of another").replace("site", "site: attic", "site: attik");
    }

    private void references() {
        add("unknown reference")
                .replace("guests", "runs-on: pve2\n    ssh", "runs-on: pve9\n    ssh")
                .replace("guests", "needs: [core, media]", "needs: [croe, attik/media, elsewhere]");
        add("reference to the wrong kind").replace("guests", "runs-on: pve2\n    ssh", "runs-on: nas\n    ssh");
        add("cycles")
                .replace("guests", "tier: 1", "needs: [cameras]\n    tier: 1")
                .replace("storage", "    off: 180s", "    off: 180s\n    needs: [pve1]");
        add("cycle through a group")
                .replace(
                        "guests",
                        "    members: [dns]",
                        "    members: [dns]\n    needs: [late]\n  - id: late\n    members: [web]");
        add("duplicate id").replace("network", "id: broker", "id: web");
        add("duplicate guest id on one node").replace("guests", "vmid: 104", "vmid: 103");
        add("stack on a host without ssh").replace("stacks", "runs-on: web", "runs-on: cameras");
        add("export that nobody declares").replace("guests", "nas:/volume1/media", "nas:/volume1/medai");
    }

    private void files() {
        add("empty folder").with("sites/cellar/", "");
        add("missing file").without("backup");
        add("unknown file").with("sites/attic/guest.yaml", "x: 1");
        add("empty file").with("backup", "");
        add("file of 5 MB").with("backup", new byte[5 * 1024 * 1024]);
        add("not UTF-8").with("backup", "# a\nnone: Fu\u00df\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    private void yaml() {
        add("alias bomb").with("backup", "a: &a [x, x]\nb: &b [*a, *a]\nwindows: *b\n");
        add("tag").with("backup", "windows: !!java.net.URL [x]\n");
        add("merge key").with("backup", "<<: {none: b}\n");
        add("two documents").with("backup", "none: x\n---\nnone: y\n");
        add("key twice").with("backup", "none: x\nnone: y\n");
        add("control character").with("backup", "none: \u001b[31mx\n");
        add("nested too deep").with("backup", "windows:\n " + "[".repeat(60) + "\n");
        add("no YAML").with("backup", "windows:\n  - id: a\n   at: b\n");
        add("tab").with("backup", "windows:\n\t- id: a\n");
    }

    private void power() {
        add("broker that goes down first (R39)")
                .replace("power", "192.0.2.5:", "192.0.2.20:")
                .replace("power", "    assumed: nothing says which UPS the attic has\n", "");
        add("the same, assumed").replace("power", "192.0.2.5:", "192.0.2.20:");
        String atHome =
                "    home-assistant: {entities: {status: sensor.ups_status_data, charge: sensor.ups_battery_charge}}\n";
        add("UPS with two bridges, one of which is not there").replace("power", "    mqtt:\n", atHome + "    mqtt:\n");
        add("Home Assistant that goes down with what it tells of (R39)")
                .replace(
                        "home-assistant",
                        "none: no Home Assistant in the attic",
                        "home-assistant: {guest: web, url: \"https://192.0.2.20:8123\"}")
                .replace("power", "    assumed: nothing says which UPS the attic has\n", "")
                .replace("power", "    mqtt:\n" + MQTT, atHome);
        add("UPS of which a status alone is shown")
                .replace(
                        "power",
                        "    mqtt:\n" + MQTT,
                        "    home-assistant: {entities: {status: sensor.ups_status_data}}\n");
        add("UPS that is asked for too seldom")
                .replace("power", "    mqtt:\n", "    nut: {host: 192.0.2.10, every: 2m}\n    mqtt:\n");
        add("return believed sooner than the outage").replace("power", "return-hold: 300s", "return-hold: 30s");
        add("topic without its variable").replace("power", "ups/attic/{variable}", "ups/attic");
        add("orchestrator on what it takes down").replace("site", "runs-on: outside", "runs-on: web");
        add("orchestrator whose only power source goes first (R39)")
                .replace("site", "runs-on: outside", "runs-on: pve2")
                .replace("power", "192.0.2.5:", "192.0.2.20:")
                .replace("power", WAKE_PVE2, WAKE_PVE2 + "\n      - unaided: {by: mains}");
        String wake = WAKE_PVE2.substring(0, WAKE_PVE2.length() - 1);
        add("helpers that cannot wake (R39)")
                .replace(
                        "power",
                        WAKE_PVE2,
                        wake + ", from: pve2}\n      - " + wake + ", from: cameras}\n      - " + wake
                                + ", from: gateway}");
        add("port of a switch that cannot be cycled")
                .replace(
                        "power",
                        WAKE_PVE2,
                        "power-cycle: {controller: web, switch: broker, port: 2, force: permitted}");
        add("one controller for two machines")
                .replace("power", WAKE_PVE2, "management: {controller: broker}")
                .replace(
                        "power",
                        "wake-on-lan: {macs: [\"02:00:5e:10:00:01\"], broadcast: 192.0.2.255}",
                        "management: {controller: broker}");
        add("alarms that cannot wake (R39)")
                .replace("site", "runs-on: outside", "runs-on: pve2")
                .replace("power", WAKE_PVE2, "alarm-clock: {after: 2m}\n      - alarm-clock: {after: 25h}")
                .replace(
                        "power",
                        "wake-on-lan: {macs: [\"02:00:5e:10:00:01\"], broadcast: 192.0.2.255}",
                        "alarm-clock: {after: 30m, outage: permitted}");
        add("plugs that must not be switched (R39)")
                .replace(
                        "network",
                        "    ports: [1883]\n",
                        "    ports: [1883]\n  - {id: plug, role: plug, needs: [pve2]}\n")
                .replace("power", "supplies:\n", "  - {id: ups2, runtime: 15m, nut: {host: 192.0.2.5}}\nsupplies:\n")
                .replace("power", "asset: pve2\n    fed-by: [ups1]", "asset: pve2\n    fed-by: [ups1, ups2]")
                .replace(
                        "power",
                        WAKE_PVE2,
                        "plug: {device: plug, broker: \"tcp://192.0.2.21:1883\", kind: shelly-2, topic: a/%prefix%}")
                .replace(
                        "power",
                        "wake-on-lan: {macs: [\"02:00:5e:10:00:01\"], broadcast: 192.0.2.255}",
                        "plug: {device: plug, broker: \"tcp://192.0.2.5:1883\", kind: tasmota, topic: b, output: 0}");
        add("orchestrator on a device").replace("site", "runs-on: outside", "runs-on: gateway");
    }

    private void upkeep() {
        add("storage tier that is not declared")
                .replace("guests", "vmid: 102", "vmid: 102\n    profile: {cores: 2, memory: 2 GB, storage-tier: fats}");
        add("backup targets that cannot be seen")
                .replace("backup", "of: [web]\n    on: nas", "of: [web, dns]\n    on: cameras")
                .replace("backup", "every: 12h", "every: 12h\n    stale-after: 6h")
                .replace("backup", "of: [dns, web,", "of: [wbe, web,");
        add("health of a house that cannot be").with("home-assistant", """
                        home-assistant:
                          guest: web
                          url: http://192.0.2.20:8123
                          health:
                            unavailable: {expected: [{entities: ["Media Player"], reason: x}]}
                            dashboards: [{path: a}, {path: a, views: 2}]
                            integrations: [{domain: jellyfin, endpoints: [c4c376c45905]}]
                            zigbee2mqtt: {broker: "192.0.2.5:1883", topics: x}
                        """);
        add("copy elsewhere that is here").replace("backup", "kind: application", "kind: copy");
        add("task of a NAS that is not asked")
                .replace("backup", "files: /volume1/backups/wiki/*/pages.tar.gz", "dsm-task: wiki");
    }

    private ChangedAttic add(String name) {
        ChangedAttic attic = new ChangedAttic();
        cases.put(name, attic);
        return attic;
    }

    private static Map<String, String> golden() throws IOException {
        try (InputStream in = BadInputTest.class.getResourceAsStream("/contracts/diagnostics.txt")) {
            String all = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> golden = new LinkedHashMap<>();
            for (String section : all.split("(?m)^## ", -1)) {
                int end = section.indexOf('\n');
                if (end > 0) {
                    golden.put(
                            section.substring(0, end),
                            section.substring(end + 1).replaceAll("\n\n$", "\n"));
                }
            }
            return golden;
        }
    }

    Map<String, ChangedAttic> cases() {
        shape();
        values();
        references();
        files();
        yaml();
        power();
        upkeep();
        return cases;
    }
}
