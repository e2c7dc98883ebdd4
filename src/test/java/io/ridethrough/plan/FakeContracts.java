package io.ridethrough.plan;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Contracts of made-up sites, written in a few words. Names are {@code site/name}; every default is a quiet one. */
public final class FakeContracts {
    private static final Stewardship OPS = new Stewardship("@ops", "infra", 2, "");
    private static final SshAccess SSH = new SshAccess("127.0.0.1", 22, "root", "ssh/test", false);

    private Power.Start start = Power.Start.AFTER_HOLD;
    private final Map<SiteId, FakeSite> sites = new TreeMap<>();

    /** The relations of one asset while it is described. */
    public static final class Relating {
        final Set<AssetId> needs = new TreeSet<>();
        final Set<AssetId> through = new TreeSet<>();
        final List<Mount> mounts = new ArrayList<>();
        Stack.StopBy stopBy = Stack.StopBy.HOST;
        boolean onboot = true;
        boolean always;
        boolean wakes = true;
        Optional<WakeWay.By> unaided = Optional.empty();
        Optional<WakeWay> otherWay = Optional.empty();
        Optional<String> cluster = Optional.empty();
        SshAccess ssh = SSH;
        Duration down = Duration.ofSeconds(30);
        Duration up = Duration.ofMinutes(1);
        int atOnce = 8;
        Duration grace = Duration.ofMinutes(3);
        boolean mayForce = true;

        public Relating needs(String... ids) {
            List.of(ids).forEach(id -> needs.add(AssetId.parse(id)));
            return this;
        }

        public Relating through(String... ids) {
            List.of(ids).forEach(id -> through.add(AssetId.parse(id)));
            return this;
        }

        public Relating mounts(String server) {
            mounts.add(new Mount(AssetId.parse(server), "/export", "/mnt"));
            return this;
        }

        public Relating takes(int down, int up) {
            this.down = Duration.ofSeconds(down);
            this.up = Duration.ofSeconds(up);
            return this;
        }

        public Relating stopBy(Stack.StopBy how) {
            stopBy = how;
            return this;
        }

        public Relating atOnce(int limit) {
            atOnce = limit;
            return this;
        }

        public Relating grace(int seconds) {
            grace = Duration.ofSeconds(seconds);
            return this;
        }

        Relating in(String name) {
            cluster = Optional.of(name);
            return this;
        }

        public Relating neverForce() {
            mayForce = false;
            return this;
        }

        public Relating noOnboot() {
            onboot = false;
            return this;
        }

        public Relating alwaysStart() {
            always = true;
            return this;
        }

        Relating wokenUnaided(WakeWay.By by) {
            unaided = Optional.of(by);
            return this;
        }

        Relating wokenBy(WakeWay way) {
            otherWay = Optional.of(way);
            return this;
        }

        /** Its SSH host: a name, or an address. */
        Relating at(String host) {
            ssh = new SshAccess(host, 22, "root", "ssh/test", false);
            return this;
        }

        public Relating wokenByHand() {
            wakes = false;
            return this;
        }
    }

    private record Declared(AssetId id, String kind, Optional<AssetId> host, int vmid, Relating how) {}

    private static final class FakeSite {
        final List<Declared> assets = new ArrayList<>();
        final List<Site.Excluded> excluded = new ArrayList<>();
        final List<Probe> probes = new ArrayList<>();
        Optional<AssetId> nameService = Optional.empty();
        Optional<AssetId> orchestrator = Optional.empty();
        Optional<AssetId> guardAskedOn = Optional.empty();
        final List<Power.Shed> shed = new ArrayList<>();
        final List<Ups> upses = new ArrayList<>();
    }

    public Relating node(String id) {
        return add(id, "node", Optional.empty());
    }

    public Relating nas(String id) {
        return add(id, "nas", Optional.empty());
    }

    public Relating device(String id) {
        return add(id, "device", Optional.empty());
    }

    public Relating guest(String id, String node) {
        return add(id, "guest", Optional.of(AssetId.parse(node)));
    }

    public Relating stack(String id, String host) {
        return add(id, "stack", Optional.of(AssetId.parse(host)));
    }

    public FakeContracts nameService(String id) {
        site(AssetId.parse(id).site()).nameService = Optional.of(AssetId.parse(id));
        return this;
    }

    /** Puts the orchestrator of the asset's own site there. */
    public FakeContracts orchestratorOn(String id) {
        site(AssetId.parse(id).site()).orchestrator = Optional.of(AssetId.parse(id));
        return this;
    }

    public FakeContracts guard(String askedOn) {
        site(AssetId.parse(askedOn).site()).guardAskedOn = Optional.of(AssetId.parse(askedOn));
        return this;
    }

    public FakeContracts excluded(String node, int vmid, String reason) {
        AssetId at = AssetId.parse(node);
        site(at.site()).excluded.add(new Site.Excluded(vmid, Optional.of(at), "old-" + vmid, reason));
        return this;
    }

    public FakeContracts probe(String asset, String id) {
        AssetId at = AssetId.parse(asset);
        site(at.site()).probes.add(new Probe.Tcp(id, at, "127.0.0.1", 80));
        return this;
    }

    /** Every node and NAS of the site is fed by this UPS alone. */
    public FakeContracts fedBy(Ups ups) {
        site(ups.id().site()).upses.add(ups);
        return this;
    }

    /** Sheds that guest once an outage has lasted so long. */
    public FakeContracts sheds(String text, Duration after) {
        AssetId guest = AssetId.parse(text);
        site(guest.site()).shed.add(new Power.Shed(guest.name(), Set.of(guest), after, Optional.empty()));
        return this;
    }

    /** Every site by this policy. */
    public FakeContracts starts(Power.Start policy) {
        start = policy;
        return this;
    }

    public Contracts build() {
        TreeMap<SiteId, Site> built = new TreeMap<>();
        sites.forEach((id, site) -> built.put(id, build(id, site)));
        return new Contracts(
                built,
                new Policy(List.of(), new Policy.Checks(3, Duration.ofSeconds(5), Duration.ofSeconds(2))),
                List.of(),
                "0");
    }

    private Relating add(String text, String kind, Optional<AssetId> host) {
        AssetId id = AssetId.parse(text);
        Relating how = new Relating();
        List<Declared> assets = site(id.site()).assets;
        assets.add(new Declared(id, kind, host, 100 + assets.size(), how));
        return how;
    }

    private FakeSite site(SiteId id) {
        return sites.computeIfAbsent(id, at -> new FakeSite());
    }

    private Site build(SiteId id, FakeSite site) {
        List<Node> nodes = new ArrayList<>();
        List<Guest> guests = new ArrayList<>();
        List<Stack> stacks = new ArrayList<>();
        List<Nas> nases = new ArrayList<>();
        List<Device> devices = new ArrayList<>();
        for (Declared one : site.assets) {
            switch (one.kind()) {
                case "node" -> nodes.add(node(one));
                case "nas" -> nases.add(nas(one));
                case "guest" -> guests.add(guest(one));
                case "stack" -> stacks.add(stack(one));
                default -> devices.add(device(one));
            }
        }
        return new Site(
                id,
                id.value(),
                ZoneId.of("UTC"),
                "127.0.0.0/8",
                List.of("infra"),
                Optional.empty(),
                site.nameService,
                new Site.Orchestrator(site.orchestrator),
                new Site.OutOfBand(site.guardAskedOn.isPresent(), site.guardAskedOn, List.of(), Set.of()),
                new Site.Recovery(3, Duration.ofSeconds(10)),
                false,
                nodes,
                guests,
                site.excluded,
                stacks,
                nases,
                devices,
                List.of(),
                Optional.empty(),
                new Power(
                        site.upses,
                        fed(site),
                        Map.of(),
                        new Power.Policy(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(5),
                                50,
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(10),
                                Power.OnReturn.TURN_AROUND,
                                start,
                                Duration.ofMinutes(45)),
                        site.shed),
                site.probes,
                List.of(),
                Posture.NONE);
    }

    private static Map<AssetId, Set<AssetId>> fed(FakeSite site) {
        Set<AssetId> by = new TreeSet<>();
        site.upses.forEach(ups -> by.add(ups.id()));
        Map<AssetId, Set<AssetId>> fed = new TreeMap<>();
        site.assets.stream()
                .filter(one -> !by.isEmpty()
                        && (one.kind().equals("node") || one.kind().equals("nas")))
                .forEach(one -> fed.put(one.id(), by));
        return fed;
    }

    private static Node node(Declared one) {
        Relating how = one.how();
        return new Node(
                one.id(),
                one.id().name(),
                OPS,
                one.id().name(),
                "8.4.1",
                "127.0.0.1",
                how.ssh,
                Optional.empty(),
                how.cluster,
                how.needs,
                how.through,
                how.mounts,
                new ProofOfOff(List.of(22), Duration.ofSeconds(10)),
                how.down,
                how.up,
                how.atOnce,
                how.atOnce,
                Duration.ofSeconds(25),
                wake(how));
    }

    private static Nas nas(Declared one) {
        Relating how = one.how();
        return new Nas(
                one.id(),
                one.id().name(),
                OPS,
                "127.0.0.1",
                SSH,
                Optional.empty(),
                how.needs,
                how.through,
                List.of("/export"),
                new ProofOfOff(List.of(22), Duration.ofSeconds(10)),
                how.down,
                how.up,
                wake(how));
    }

    private static List<WakeWay> wake(Relating how) {
        if (how.unaided.isPresent()) {
            return Stream.concat(
                            how.unaided.map(by -> (WakeWay) new WakeWay.Unaided(by)).stream(), how.otherWay.stream())
                    .toList();
        }
        if (how.otherWay.isPresent()) {
            return List.of(how.otherWay.get());
        }
        return how.wakes
                ? List.of(new WakeWay.WakeOnLan(List.of("02:00:00:00:00:01"), "127.255.255.255", 9))
                : List.of();
    }

    private static Guest guest(Declared one) {
        Relating how = one.how();
        return new Guest(
                one.id(),
                one.id().name(),
                OPS,
                Guest.Form.VM,
                one.vmid(),
                one.host().orElseThrow(),
                how.needs,
                how.through,
                how.mounts,
                how.ssh.equals(SSH) ? Optional.empty() : Optional.of(how.ssh),
                how.grace,
                how.mayForce,
                how.onboot,
                how.always,
                Guest.Ready.RUNNING,
                how.down,
                how.up);
    }

    private static Stack stack(Declared one) {
        Relating how = one.how();
        return new Stack(
                one.id(),
                one.id().name(),
                OPS,
                one.id().name(),
                "/opt/stacks/" + one.id().name(),
                one.host().orElseThrow(),
                SSH,
                how.needs,
                how.through,
                how.stopBy,
                Duration.ofMinutes(1),
                how.down,
                how.up);
    }

    private static Device device(Declared one) {
        return new Device(
                one.id(),
                one.id().name(),
                OPS,
                "switch",
                Optional.empty(),
                List.of(),
                List.of(),
                one.how().needs,
                one.how().through);
    }
}
