package io.ridethrough.lab;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.ProofOfOff;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.Stewardship;
import io.ridethrough.contract.Ups;
import io.ridethrough.contract.WakeWay;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A small site: one node, a VM with a stack, a container, a template, a NAS, a switch, four UPSes of four forms. */
final class Attic {
    static final SiteId SITE = new SiteId("attic");
    static final AssetId NODE = id("pve");
    static final AssetId VM = id("apps");
    static final AssetId CT = id("dns");
    static final AssetId STACK = id("web");
    static final AssetId NAS = id("nas");
    static final AssetId SWITCH = id("switch");
    static final String MAC = "02:00:00:00:00:01";
    static final String NAS_MAC = "02:00:00:00:00:02";
    static final String BROKER = "tcp://broker.attic:1883";
    static final HostPort WAKE = new HostPort("10.9.8.255", 9);

    private static final Stewardship KEPT = new Stewardship("@ops", "infra", 1, "");
    private static final Duration QUIET = Duration.ofSeconds(5);

    private Attic() {}

    static AssetId id(String name) {
        return new AssetId(SITE, name);
    }

    static SshAccess ssh(String host, String user) {
        return new SshAccess(host, 22, user, "ssh/attic", !user.equals("root"));
    }

    static Contracts contracts() {
        return contracts(Duration.ofMinutes(10));
    }

    static Contracts contracts(Duration runtime) {
        TreeMap<SiteId, Site> sites = new TreeMap<>();
        sites.put(SITE, site(runtime));
        return new Contracts(
                sites,
                new Policy(List.of(), new Policy.Checks(3, Duration.ofSeconds(5), Duration.ofSeconds(5))),
                List.of(),
                "0");
    }

    private static Site site(Duration runtime) {
        Node node = new Node(
                NODE,
                "Node",
                KEPT,
                "pve",
                "9.1.2",
                "10.9.8.2",
                ssh("10.9.8.2", "root"),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                List.of(new Mount(NAS, "/volume1/pve", "/mnt/nas")),
                new ProofOfOff(List.of(22, 8006), QUIET),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                4,
                4,
                Duration.ofSeconds(20),
                List.of(new WakeWay.WakeOnLan(List.of(MAC), WAKE.host(), WAKE.port())));
        Nas nas = new Nas(
                NAS,
                "NAS",
                KEPT,
                "10.9.8.3",
                ssh("10.9.8.3", "admin"),
                Optional.empty(),
                Set.of(),
                Set.of(),
                List.of("/volume1/pve"),
                new ProofOfOff(List.of(5001), QUIET),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                List.of(new WakeWay.WakeOnLan(List.of(NAS_MAC), WAKE.host(), WAKE.port())));
        Device device = new Device(
                SWITCH, "Switch", KEPT, "switch", Optional.of("10.9.8.1"), List.of(), List.of(443), Set.of(), Set.of());
        Stack stack = new Stack(
                STACK,
                "Web",
                KEPT,
                "web",
                "/opt/web",
                VM,
                ssh("10.9.8.10", "ops"),
                Set.of(),
                Set.of(),
                Stack.StopBy.HOST,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        return new Site(
                SITE,
                "Attic",
                ZoneId.of("UTC"),
                "10.9.8.0/24",
                List.of("infra"),
                Optional.empty(),
                Optional.empty(),
                new Site.Orchestrator(Optional.empty()),
                new Site.OutOfBand(true, Optional.of(VM), List.of("router-attic.lab.ts.net"), Set.of(SWITCH)),
                new Site.Recovery(3, Duration.ofSeconds(5)),
                true,
                List.of(node),
                List.of(
                        guest(VM, Guest.Form.VM, 101, Optional.of(ssh("10.9.8.10", "ops"))),
                        guest(CT, Guest.Form.CONTAINER, 102, Optional.empty())),
                List.of(new Site.Excluded(900, Optional.of(NODE), "template-debian", "template")),
                List.of(stack),
                List.of(nas),
                List.of(device),
                List.of(),
                Optional.empty(),
                power(runtime),
                List.of(
                        new Probe.Http("web", STACK, "http://10.9.8.10:8080/health", Set.of(204)),
                        new Probe.Tcp("web-port", VM, "10.9.8.10", 8081),
                        new Probe.Dns("dns", CT, "10.9.8.11", 53, "nas.attic"),
                        new Probe.Command("dns-command", CT, VM, List.of("dig", "+short", "nas.attic"))),
                List.of(),
                Posture.NONE);
    }

    private static Guest guest(AssetId id, Guest.Form form, int vmid, Optional<SshAccess> ssh) {
        return new Guest(
                id,
                id.name(),
                KEPT,
                form,
                vmid,
                NODE,
                Set.of(),
                Set.of(),
                List.of(),
                ssh,
                Duration.ofSeconds(60),
                true,
                form == Guest.Form.CONTAINER,
                false,
                Guest.Ready.RESPONDS,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    private static Power power(Duration runtime) {
        Map<String, String> entities = Map.of("status", "sensor.ups_status", "charge", "sensor.ups_charge");
        return new Power(
                List.of(
                        ups(
                                "ups-topics",
                                runtime,
                                Ups.Format.VARIABLES,
                                "nut/{variable}",
                                Map.of(
                                        "status",
                                        "ups/status",
                                        "charge",
                                        "battery/charge",
                                        "runtime",
                                        "battery/runtime"),
                                Map.of("on battery", "OB", "online", "OL"),
                                Optional.empty()),
                        ups(
                                "ups-json",
                                runtime,
                                Ups.Format.JSON,
                                "ups/json",
                                Map.of("status", "ups.status", "runtime", "battery.runtime"),
                                Map.of(),
                                Optional.of(Duration.ofSeconds(30))),
                        ups("ups-states", runtime, Ups.Format.STATESTREAM, "ha", entities, Map.of(), Optional.empty()),
                        ups(
                                "ups-events",
                                runtime,
                                Ups.Format.EVENTSTREAM,
                                "ha/events",
                                entities,
                                Map.of(),
                                Optional.empty())),
                Map.of(NODE, Set.of(id("ups-topics")), NAS, Set.of(id("ups-topics"), id("ups-json"))),
                Map.of(),
                new Power.Policy(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        50,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Power.OnReturn.TURN_AROUND,
                        Power.Start.AFTER_HOLD,
                        Duration.ofMinutes(45)));
    }

    private static Ups ups(
            String name,
            Duration runtime,
            Ups.Format format,
            String topic,
            Map<String, String> variables,
            Map<String, String> words,
            Optional<Duration> every) {
        return new Ups(
                id(name),
                name,
                new Ups.MqttSource(
                        BROKER, Optional.empty(), format, topic, variables, words, Duration.ofMinutes(1), every),
                runtime);
    }
}
