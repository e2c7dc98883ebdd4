package io.ridethrough.contract;

import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Small whole contracts for tests. */
public final class FakeContracts {
    private static final List<String> FILES = List.of(
            "site", "power", "nodes", "guests", "stacks", "storage", "network", "home-assistant", "backup", "services");

    private FakeContracts() {}

    /** The attic: one NAS, two nodes, four guests, a stack, a UPS, probes and a policy. */
    public static Contracts attic() {
        return loaded(atticFiles());
    }

    /** The attic, with an API of its first node. */
    public static Contracts atticWithApi() {
        return loaded(changed(atticFiles(), "nodes", "    ssh: {host: 192.0.2.11}\n", "    api: {}\n"));
    }

    /** The same with more lines behind one of the nodes' file. */
    public static Contracts atticWithApi(String behind, String more) {
        String path = "sites/attic/nodes.yaml";
        String ssh = "    ssh: {host: 192.0.2.11}\n";
        String text = new String(bytes(path), StandardCharsets.UTF_8)
                .replace(ssh, ssh + "    api: {}\n")
                .replace(behind, behind + more);
        SourceFile nodes = new SourceFile(path, text.getBytes(StandardCharsets.UTF_8));
        return loaded(atticFiles().stream()
                .map(file -> file.path().equals(path) ? nodes : file)
                .toList());
    }

    /**
     * The attic by the standard that is shipped, with a first node that is reached as no root, carries us, and is updated
     * before it reboots.
     */
    public static Contracts atticByTheStandard() {
        String ssh = "    ssh: {host: 192.0.2.11";
        List<SourceFile> files = replaced(atticFiles(), "nodes", ssh + "}", ssh + ", user: ops}");
        files = replaced(files, "site", "runs-on: outside", "runs-on: dns");
        String byMains = "      - unaided: {by: mains, assumed: the firmware is set to it}\n";
        String first = "  - asset: pve1\n    ways:\n";
        files = replaced(files, "power", first, byMains + first + byMains + "      - alarm-clock: {after: 30m}\n");
        files = new ArrayList<>(files);
        files.removeIf(file -> file.path().equals("policy.yaml"));
        files.add(new SourceFile("policy.yaml", """
                windows: []
                reboot:
                  between:
                    run: [apt-get, -y, -q, -o, "Dpkg::Options::=--force-confold", dist-upgrade]
                    check: [apt-get, -s, -qq, dist-upgrade]
                    limit: 30m
                """.getBytes(StandardCharsets.UTF_8)));
        try (Stream<Path> standard = Files.list(Path.of("contracts", "standard"))) {
            for (Path file : standard.sorted().toList()) {
                files.add(new SourceFile("standard/" + file.getFileName(), Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return loaded(files);
    }

    /** The attic, with its stack in that folder. */
    public static Contracts atticWithStackIn(String folder) {
        return loaded(replaced(atticFiles(), "stacks", "path: /srv/wiki", "path: '" + folder + "'"));
    }

    /** The attic, whose stack's host is reached as another user than root, and without sudo. */
    public static Contracts atticWithoutSudoForStacks() {
        return loaded(replaced(atticFiles(), "guests", "192.0.2.20, user: ops", "192.0.2.20, user: ops, sudo: false"));
    }

    /** The attic, which stays up for half of its battery, and sheds its cameras after a minute, then films below 50 min. */
    public static Contracts atticThatSheds() {
        return loaded(replaced(atticFiles(), "power", "policy:\n", """
                shed:
                  - {id: eyes, guests: [cameras], after: 60s}
                  - {id: films, guests: [media], below: 50m}
                policy:
                  start: by-battery
                """));
    }

    /** The attic, whose UPS a NUT server tells of too; with more lines of the UPS. */
    public static Contracts atticWithNut(String more) {
        String nut = "    nut: {host: 192.0.2.5, name: ups1, secret: nut/attic}\n";
        return loaded(replaced(atticFiles(), "power", "    mqtt:\n", nut + more + "    mqtt:\n"));
    }

    /** The attic, with both nodes in one cluster. */
    public static Contracts atticClustered() {
        return loaded(changed(atticFiles(), "nodes", "    wakes-apart: 25s\n", "    cluster: loft\n"));
    }

    /** The same, with nodes whose high availability cannot be disarmed. */
    public static Contracts atticClusteredBefore91() {
        return loaded(clustered("9.1.4", "8.4.1"));
    }

    /** The same, where that is so of the first node alone. */
    public static Contracts atticClusteredAcross91() {
        return loaded(
                clustered("node-name: attic-one\n    version: 9.1.4", "node-name: attic-one\n    version: 8.4.1"));
    }

    /** The same, with an API of its first node. */
    public static Contracts atticClusteredWithApi() {
        String ssh = "    ssh: {host: 192.0.2.11}\n";
        return loaded(clustered(ssh, ssh + "    api: {}\n"));
    }

    private static List<SourceFile> clustered(String what, String by) {
        String path = "sites/attic/nodes.yaml";
        String text = new String(bytes(path), StandardCharsets.UTF_8)
                .replace("    wakes-apart: 25s\n", "    wakes-apart: 25s\n    cluster: loft\n")
                .replace(what, by);
        SourceFile nodes = new SourceFile(path, text.getBytes(StandardCharsets.UTF_8));
        return atticFiles().stream()
                .map(file -> file.path().equals(path) ? nodes : file)
                .toList();
    }

    /** The attic, with the DSM of its NAS. */
    public static Contracts atticWithDsm() {
        return loaded(changed(atticFiles(), "storage", "    ssh: {user: admin}\n", "    api: {}\n"));
    }

    /** The attic, with a controller of that form ({@code unifi-os} or {@code self-hosted}) on its gateway. */
    public static Contracts atticWithUnifi(String form) {
        String controllers =
                "controllers:\n  - {runs-on: gateway, form: " + form + ", classic-secret: classic/attic}\n";
        return loaded(changed(atticFiles(), "network", "    ports: [1883]\n", controllers));
    }

    /** The same on a console, where a switch is declared and port 6 of it is the NAS's: by its map, or as a way to wake. */
    public static Contracts atticWithUnifi(String form, String mac, boolean byMap) {
        String port = "    port-map: [{port: 6, carries: nas}]\n";
        List<SourceFile> files = changed(
                atticFiles(),
                "network",
                "    ports: [1883]\n",
                "  - id: switch\n    role: switch\n    macs: [\"" + mac + "\"]\n" + (byMap ? port : "")
                        + "controllers:\n  - {runs-on: gateway, form: " + form + ", classic-secret: classic/attic}\n");
        return loaded(
                byMap
                        ? files
                        : replaced(
                                files,
                                "power",
                                "      - wake-on-lan: {macs: [\"02:00:5e:10:00:01\"], broadcast: 192.0.2.255}",
                                "      - power-cycle: {controller: gateway, switch: switch, port: 6, force: permitted}"));
    }

    /** The attic with a controller, whose second node is reached through the broker's board, which has that MAC. */
    public static Contracts atticThrough(String mac) {
        List<SourceFile> files = changed(
                atticFiles(),
                "network",
                "    ports: [1883]\n",
                "    macs: [\"" + mac + "\"]\ncontrollers:\n  - {runs-on: gateway, classic-secret: classic/attic}\n");
        return loaded(changed(files, "nodes", "    boot: 180s\n", "    reached-through: [broker]\n"));
    }

    /** The attic, with its second node woken in these ways alone, each on a line of its own. */
    public static Contracts atticWaking(String... ways) {
        return loaded(waking(ways));
    }

    private static List<SourceFile> waking(String... ways) {
        return replaced(
                atticFiles(),
                "power",
                "      - wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255}",
                "      - " + String.join("\n      - ", ways));
    }

    /** The attic, with its second node fed by a port of the broker's board, whose controller runs on the gateway. */
    public static Contracts atticWithPoweredPort() {
        List<SourceFile> files =
                waking("power-cycle: {controller: gateway, switch: broker, port: 2, force: permitted}");
        String controllers = """
                    macs: ["02:00:5E:20:00:01"]
                controllers:
                  - {runs-on: gateway, form: unifi-os, classic-secret: classic/attic}
                """;
        return loaded(replaced(files, "network", "    ports: [1883]\n", controllers));
    }

    /** The attic, with its second node fed by an outlet of its gateway, whose controller runs there. */
    public static Contracts atticWithPoweredOutlet() {
        List<SourceFile> files =
                waking("power-cycle: {controller: gateway, switch: gateway, outlet: 2, force: permitted}");
        String controllers = "controllers:\n  - {runs-on: gateway, form: unifi-os, classic-secret: classic/attic}\n";
        return loaded(replaced(files, "network", "    ports: [1883]\n", controllers));
    }

    /** The attic, with its second node managed by a controller that is the broker's board. */
    public static Contracts atticWithManagement() {
        return atticWaking("management: {controller: broker}");
    }

    /**
     * The attic, with its second node woken by a magic packet, then by its plug, which may be switched off where it is
     * silent and shows by less than 5 W that it is off.
     *
     * @param kind as the contract has it, for example {@code tasmota}
     */
    public static Contracts atticWithPlug(String kind, String topic) {
        return loaded(plugged("", kind, topic, "force: permitted, off-below: 5"));
    }

    /** The same, where only a plug that is off is switched, and its watts tell nothing. */
    public static Contracts atticWithPlugWithoutForce() {
        return loaded(plugged("", "tasmota", "plug-pve2", "secret: mqtt/plug"));
    }

    /** The attic with a plug at its second node, which carries us. */
    public static Contracts atticLivingBehindItsPlug() {
        String unaided = "unaided: {by: mains, assumed: the firmware is set to it}\n      - ";
        return loaded(replaced(
                plugged(unaided, "tasmota", "plug-pve2", "force: permitted"),
                "site",
                "runs-on: outside",
                "runs-on: pve2"));
    }

    private static List<SourceFile> plugged(String before, String kind, String topic, String more) {
        List<SourceFile> files = waking(
                before + "wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255}",
                "plug: {device: plug, broker: \"tcp://192.0.2.5:1883\", kind: " + kind + ", topic: \"" + topic + "\", "
                        + more + "}");
        return changed(files, "network", "    ports: [1883]\n", "  - {id: plug, role: plug}\n");
    }

    /** The attic, with a Home Assistant in its VM web, at a radio and a broker that are not there. */
    public static Contracts atticWithHome() {
        return atticWithHome("");
    }

    /** The same, with more lines of its Home Assistant. */
    public static Contracts atticWithHome(String more) {
        String home = """
                home-assistant:
                  guest: web
                  url: https://192.0.2.20:8123
                  radios: [broker]
                  waits: 2m
                  backup-before-shutdown: {limit: 5m}
                  add-ons: [{slug: core_mosquitto}, {slug: core_zwave_js}]
                """;
        return loaded(replaced(atticFiles(), "home-assistant", "none: no Home Assistant in the attic\n", home + more));
    }

    private static List<SourceFile> replaced(List<SourceFile> files, String name, String what, String by) {
        String path = "sites/attic/" + name + ".yaml";
        String text = new String(bytes(path), StandardCharsets.UTF_8).replace(what, by);
        SourceFile one = new SourceFile(path, text.getBytes(StandardCharsets.UTF_8));
        return files.stream().map(file -> file.path().equals(path) ? one : file).toList();
    }

    /** The files with {@code more} behind one text of one of them. */
    private static List<SourceFile> changed(List<SourceFile> files, String name, String behind, String more) {
        return replaced(files, name, behind, behind + more);
    }

    private static Contracts loaded(List<SourceFile> files) {
        Loaded loaded = new ContractLoader().load(files);
        if (loaded instanceof Loaded.Ok ok) {
            return ok.contracts();
        }
        throw new AssertionError(loaded.render());
    }

    /** The same as files, to be changed by a test. */
    public static List<SourceFile> atticFiles() {
        List<SourceFile> files = new ArrayList<>();
        FILES.forEach(name -> files.add(read("sites/attic/" + name + ".yaml")));
        files.add(read("policy.yaml"));
        return files;
    }

    /** The same by path, as texts. */
    public static Map<String, String> atticTexts() {
        Map<String, String> texts = new TreeMap<>();
        atticFiles().forEach(file -> texts.put(file.path(), new String(bytes(file.path()), StandardCharsets.UTF_8)));
        return texts;
    }

    private static SourceFile read(String path) {
        return new SourceFile(path, bytes(path));
    }

    private static byte[] bytes(String path) {
        try (InputStream in = FakeContracts.class.getResourceAsStream("/contracts/attic/" + path)) {
            if (in == null) {
                throw new AssertionError("no " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
