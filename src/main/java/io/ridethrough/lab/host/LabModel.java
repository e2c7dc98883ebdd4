package io.ridethrough.lab.host;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.Upkeep;
import io.ridethrough.contract.WakeWay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Every simulated machine by its asset, and what is true of it now. */
public final class LabModel {
    final LabClock clock;
    final LabEvents events;
    final Faults faults = new Faults();
    private final Contracts contracts;
    final Map<AssetId, Set<String>> told = new ConcurrentHashMap<>();
    private final Map<AssetId, LabHost> hosts = new LinkedHashMap<>();
    private final Map<AssetId, LabGuest> guests = new LinkedHashMap<>();
    private final Map<AssetId, LabStack> stacks = new LinkedHashMap<>();
    private final Map<AssetId, String> locks = new HashMap<>();
    private final Map<AssetId, String> startups = new HashMap<>();
    private final Map<AssetId, Set<Condition>> conditions = new HashMap<>();
    private final Map<String, CompletableFuture<Reply>> works = new HashMap<>();
    private final Set<AssetId> unpowered = new TreeSet<>();
    private final Set<AssetId> unplugged = new TreeSet<>();
    private final List<LabCluster> clusters = new ArrayList<>();

    /** Every line that the machine was sent over SSH, each once. */
    public Set<String> told(AssetId machine) {
        return Set.copyOf(told.getOrDefault(machine, Set.of()));
    }

    /** A world where everything declared is up and running. */
    public LabModel(Contracts contracts, LabClock clock, LabEvents events) {
        this.contracts = contracts;
        this.clock = clock;
        this.events = events;
        for (Asset asset : contracts.assets().values()) {
            if (asset instanceof Node node) {
                hosts.put(node.id(), new LabHost(node, this));
            } else if (asset instanceof Nas nas) {
                hosts.put(nas.id(), new LabHost(nas, this));
            } else if (asset instanceof Guest guest) {
                guests.put(guest.id(), new LabGuest(guest, this));
            } else if (asset instanceof Stack stack) {
                stacks.put(stack.id(), new LabStack(stack, this));
            }
        }
        contracts.sites().values().forEach(site -> clusters(site.nodes()));
    }

    private void clusters(List<Node> declared) {
        Map<String, List<LabHost>> byName = new TreeMap<>();
        for (Node node : declared) {
            node.cluster().ifPresent(name -> byName.computeIfAbsent(name, none -> new ArrayList<>())
                    .addAll(host(node.id()).stream().toList()));
        }
        byName.forEach((name, nodes) -> clusters.add(new LabCluster(name, nodes, this)));
    }

    /** The cluster that it is a node of. */
    Optional<LabCluster> cluster(AssetId node) {
        return clusters.stream().filter(one -> one.holds(node)).findFirst();
    }

    /** Somebody has its cluster's high availability look after that guest, in that state. */
    public void lookAfter(AssetId guest, String state) {
        of(guest).lookAfter(guest, state);
    }

    /** The state that its cluster's high availability is asked for; empty when it does not look after the guest. */
    public Optional<String> askedFor(AssetId guest) {
        return of(guest).asked(guest);
    }

    private LabCluster of(AssetId guest) {
        return guest(guest).flatMap(one -> cluster(one.declared().runsOn())).orElseThrow();
    }

    public Contracts contracts() {
        return contracts;
    }

    /** What is amiss there. */
    Set<Condition> conditions(AssetId machine) {
        return conditions.computeIfAbsent(machine, none -> EnumSet.noneOf(Condition.class));
    }

    /** Somebody else has a node work at something, until that is well again or aborted. */
    private void begin(AssetId node, String type) {
        CompletableFuture<Reply> work = new CompletableFuture<>();
        works.put(node + " " + type, work);
        host(node).ifPresent(host -> host.tasks().begin(type, "", "root@pam", work));
    }

    /** Makes that amiss, or well again. */
    public void amiss(AssetId machine, Condition condition, boolean is) {
        if (is) {
            conditions(machine).add(condition);
            Condition.task(condition).ifPresent(type -> begin(machine, type));
        } else {
            conditions(machine).remove(condition);
            Condition.task(condition).ifPresent(type -> Optional.ofNullable(works.remove(machine + " " + type))
                    .ifPresent(work -> work.complete(Reply.ok())));
        }
    }

    /** The address of the name service that is declared where the machine stands. */
    Optional<String> nameService(AssetId machine) {
        return Optional.ofNullable(contracts.sites().get(machine.site()))
                .flatMap(site -> site.nameService().flatMap(id -> site.probes().stream()
                        .filter(probe -> probe.asset().equals(id) && probe instanceof Probe.Dns)
                        .map(probe -> ((Probe.Dns) probe).server())
                        .findFirst()
                        .or(() -> site.guests().stream()
                                .filter(guest -> guest.id().equals(id))
                                .flatMap(guest -> guest.ssh().stream())
                                .map(ssh -> ssh.host())
                                .findFirst())));
    }

    /** What a guest is declared to be given. */
    Optional<Upkeep.Profile> profile(AssetId guest) {
        return Optional.ofNullable(contracts.sites().get(guest.site()))
                .flatMap(site -> site.upkeep().profile(guest));
    }

    /** What the Home Assistant of a site looks like when it is well. */
    HomeHealth health(SiteId site) {
        return Optional.ofNullable(contracts.sites().get(site))
                .flatMap(one -> one.upkeep().home())
                .orElseGet(() -> new HomeHealth(
                        Optional.empty(),
                        new TreeMap<>(),
                        Optional.empty(),
                        new TreeMap<>(),
                        Optional.empty(),
                        List.of()));
    }

    /** The devices that are declared at a site. */
    Stream<Device> devices(SiteId site) {
        return Optional.ofNullable(contracts.sites().get(site)).stream().flatMap(one -> one.devices().stream());
    }

    /** What a site says for the standard to compare with. */
    Posture posture(SiteId site) {
        return Optional.ofNullable(contracts.sites().get(site))
                .map(Site::posture)
                .orElse(Posture.NONE);
    }

    /** Whether the name service of its site tells no address of that name. */
    public boolean blocks(AssetId service, String name) {
        return posture(service.site())
                        .names()
                        .filter(names -> names.blocks().equals(name))
                        .isPresent()
                && Optional.ofNullable(contracts.sites().get(service.site())).flatMap(Site::nameService).stream()
                        .noneMatch(asset -> conditions(asset).contains(Condition.NOT_BLOCKING));
    }

    Stream<LabHost> hosts() {
        return hosts.values().stream();
    }

    Stream<LabGuest> guests() {
        return guests.values().stream();
    }

    /** The guests of a node. */
    Stream<LabGuest> guestsOn(AssetId node) {
        return guests().filter(guest -> guest.declared().runsOn().equals(node));
    }

    /** The stacks on a machine. */
    List<LabStack> stacksOn(AssetId machine) {
        return stacks.values().stream()
                .filter(stack -> stack.declared().runsOn().equals(machine))
                .toList();
    }

    List<Mount> mountsOf(AssetId machine) {
        return contracts
                .asset(machine)
                .map(asset -> asset instanceof Node node
                        ? node.mounts()
                        : asset instanceof Guest guest ? guest.mounts() : List.<Mount>of())
                .orElse(List.of());
    }

    /** The node or NAS of that id. */
    public Optional<LabHost> host(AssetId id) {
        return Optional.ofNullable(hosts.get(id));
    }

    /** The guest of that id. */
    public Optional<LabGuest> guest(AssetId id) {
        return Optional.ofNullable(guests.get(id));
    }

    /** The machine that asset is, or runs on. */
    public Optional<Machine> machine(AssetId id) {
        if (stacks.containsKey(id)) {
            return machine(stacks.get(id).declared().runsOn());
        }
        return host(id).<Machine>map(host -> host).or(() -> guest(id));
    }

    /** Whether the asset answers now; devices do while they have power. */
    public boolean isUp(AssetId id) {
        if (stacks.containsKey(id)) {
            return stacks.get(id).isUp();
        }
        return machine(id).map(Machine::isUp).orElseGet(() -> hasPower(id) && !faults.refuses(id));
    }

    boolean hasPower(AssetId id) {
        return !unpowered.contains(id) && !unplugged.contains(id);
    }

    /** Whether what a site's orchestrator runs on is, or is carried by, that guest. */
    boolean carriesOrchestrator(AssetId guest) {
        return contracts.sites().values().stream()
                .flatMap(site -> site.orchestrator().runsOn().stream())
                .flatMap(home -> machine(home).stream())
                .anyMatch(machine -> machine.id().equals(guest));
    }

    /** Declares which assets have no supply left; those that ran are lost at once. */
    public void powerLeft(Set<AssetId> without) {
        Set<AssetId> back = new TreeSet<>(unpowered);
        back.removeAll(without);
        unpowered.retainAll(without);
        back.forEach(id -> host(id).ifPresent(LabHost::powerBack));
        for (AssetId id : without) {
            if (unpowered.add(id)) {
                host(id).ifPresent(LabHost::powerLost);
            }
        }
    }

    /** Every machine that is off and listens to {@code mac} boots; the others say why not in the log. */
    public void magicPacket(String mac) {
        hosts().filter(host -> host.answersTo(mac)).forEach(host -> host.energise("wake", mac));
    }

    /** Somebody pulls its plug and puts it back: it is off at once, and what ran there is lost. */
    public void pullPlug(AssetId id) {
        host(id).ifPresent(LabHost::powerLost);
    }

    /** The plug that feeds it is switched. */
    public void plug(AssetId host, boolean on) {
        if (on && unplugged.remove(host)) {
            host(host).ifPresent(LabHost::powerBack);
        } else if (!on && unplugged.add(host)) {
            host(host).ifPresent(LabHost::powerLost);
        }
    }

    /** Whether the plug that feeds it is on. */
    public boolean isPluggedIn(AssetId host) {
        return !unplugged.contains(host);
    }

    /** The hosts whose contracts name that port or outlet as what feeds them. */
    Stream<LabHost> fed(WakeWay.Feed feed, String mac, int port) {
        return hosts().filter(host -> host.wake().stream()
                .anyMatch(way -> way instanceof WakeWay.PoweredPort one
                        && one.feed() == feed
                        && one.mac().equals(mac)
                        && one.port() == port));
    }

    /** What it draws, in watts. */
    public double watts(AssetId host) {
        return hasPower(host) ? host(host).map(LabHost::watts).orElse(0.0) : 0;
    }

    /** Somebody presses its power button. */
    public void pressPowerButton(AssetId id) {
        host(id).ifPresent(host -> host.energise("button", "-"));
    }

    /** The order in which the guest's node starts and stops it by itself (protocols 1.5). */
    Optional<String> startup(AssetId guest) {
        return Optional.ofNullable(startups.get(guest));
    }

    /** Somebody sets it, as {@code order=1,up=30,down=120}. */
    public void startUpBy(AssetId guest, String order) {
        startups.put(guest, order);
    }

    /** What a node mounts. */
    Stream<Mount> mounts(AssetId node) {
        return contracts.asset(node).stream()
                .flatMap(asset -> asset instanceof Node one ? one.mounts().stream() : Stream.empty());
    }

    /** The declared address of a node or NAS; empty for what has none. */
    String address(AssetId host) {
        return contracts
                .asset(host)
                .map(asset ->
                        asset instanceof Node node ? node.address() : asset instanceof Nas nas ? nas.address() : "")
                .orElse("");
    }

    /** What a guest is locked for. */
    Optional<String> lock(AssetId guest) {
        return faults.refuses(guest) ? Optional.of("backup") : Optional.ofNullable(locks.get(guest));
    }

    /** Its node backs the guest up for that long, or until the task is aborted, which somebody else began. */
    public void backUp(AssetId guest, Duration takes) {
        LabGuest one = guest(guest).orElseThrow();
        LabHost node = host(one.declared().runsOn()).orElseThrow();
        String vmid = Integer.toString(one.declared().vmid());
        CompletableFuture<Reply> work = new CompletableFuture<>();
        locks.put(guest, "backup");
        events.note(node.id(), "vzdump", "backup", vmid, "begin");
        var unused = work.thenAccept(reply -> {
            locks.remove(guest);
            events.note(node.id(), "vzdump", "backup", vmid, reply.exit() == 0 ? "end" : "timeout");
        });
        node.tasks().begin("vzdump", vmid, "root@pam", work);
        clock.after(takes, () -> work.complete(Reply.ok()));
    }

    /** Whether the interface of its own that this asset has fails in that way now. Thread-safe. */
    public boolean fails(AssetId asset, Fault.Interface.How how) {
        return faults.interfaceOf(asset, Fault.Interface.Surface.EVERY, how);
    }

    /** Whether what it answers now is to be the one wrong answer; it is well afterwards. Thread-safe. */
    public boolean isWrongOnce(AssetId asset) {
        return faults.wrongOnce(asset, Fault.Interface.Surface.EVERY);
    }

    /** Does that when a late answer is due. */
    public void late(Runnable answer) {
        var unused = clock.after(LabInterface.LATE, answer);
    }

    public void set(AssetId asset, Fault fault) {
        faults.set(asset, fault);
    }

    public void heal(AssetId asset) {
        faults.heal(asset);
    }
}
