package io.ridethrough.simulation;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.SiteId;
import io.ridethrough.power.Parsed;
import io.ridethrough.power.StatusSet;
import io.ridethrough.run.MemoryJournal;
import io.ridethrough.run.Standing;
import io.ridethrough.run.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** The mains of one armed site go and come at given times; nothing else happens. The same times tell the same story. */
final class MainsStory {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Set<String> STEPS = Set.of("observed", "intention", "answered", "settled");

    private final VirtualTime time = new VirtualTime();
    private final History history = new History(time);
    private final Machine machine = new Machine(time, history);
    private final Contracts contracts;
    private final SiteId site;
    private final World world;
    private final MemoryJournal disk = new MemoryJournal(machine);
    private final Life life;
    private final Duration battery;
    private boolean mains = true;
    private Duration dark = Duration.ZERO;
    private boolean over;

    /** @param held what a person holds from the beginning */
    MainsStory(Contracts contracts, Set<AssetId> held, RunRoutes routes) {
        this(contracts, held, List.of(), Duration.ofHours(1), routes);
    }

    /** @param battery how long it lasts from the first time on that mains goes */
    MainsStory(Contracts contracts, Set<AssetId> held, List<Fault> troubles, Duration battery, RunRoutes routes) {
        this.battery = battery;
        this.contracts = contracts;
        this.site = contracts.sites().firstKey();
        Plot plot = new Plot(Set.of(), List.of(), List.of(), List.of(), List.of());
        Drawn drawn = new Drawn(1, contracts, Set.of(), true, plot, List.of(), List.of());
        Faults faults = new Faults(troubles, machine, history);
        this.world = new World(drawn, machine, history, faults);
        Standing standing = new Standing(disk);
        standing.ready(site, Standing.Readiness.ARMED, "a person");
        held.forEach(asset -> standing.hold(asset, "a person", "hands inside"));
        Judge nobody = new Judge(drawn, world, disk, history, faults);
        Setting setting = new Setting(machine, routes, history, disk, world, nobody, Mutant.NONE);
        this.life = Life.begin(setting, contracts, Life.Death.NEVER).orElseThrow();
        life.start();
        sample();
    }

    MainsStory off(Duration at) {
        return turn(at, false);
    }

    MainsStory on(Duration at) {
        return turn(at, true);
    }

    private MainsStory turn(Duration at, boolean to) {
        machine.at(at, () -> {
            mains = to;
            dark = machine.elapsed();
            history.note("mains " + (to ? "on" : "OFF"));
            publish();
        });
        return this;
    }

    MainsStory until(Duration end) {
        machine.at(end, () -> over = true);
        time.passUntil(() -> over);
        life.die(FaultKind.KILLED);
        return this;
    }

    private void sample() {
        publish();
        machine.at(EVERY, this::sample);
    }

    private Duration left() {
        return mains ? battery : battery.minus(machine.elapsed().minus(dark));
    }

    private void publish() {
        AssetId ups = contracts
                .sites()
                .values()
                .iterator()
                .next()
                .power()
                .upses()
                .get(0)
                .id();
        life.heard(
                ups,
                new Parsed.Update(
                        Optional.of(StatusSet.of(mains ? "OL" : "OB DISCHRG")),
                        OptionalInt.of(90),
                        Optional.of(left()),
                        OptionalInt.empty()),
                false);
    }

    /** When each record of a step of the shutdown, or else of the startup, was written. */
    Set<Duration> boundaries(boolean ofShutdown) {
        Set<Duration> times = new TreeSet<>();
        disk.entries().stream()
                .filter(entry -> STEPS.contains(entry.kind()))
                .filter(entry -> entry.body().path("step").asText().startsWith("shutdown:") == ofShutdown)
                .forEach(entry ->
                        times.add(Duration.between(disk.entries().get(0).at(), entry.at())));
        return times;
    }

    /** Nodes, NAS and guests that are not as they should be. */
    List<AssetId> machines(boolean up) {
        List<AssetId> found = new ArrayList<>();
        for (Asset asset : contracts.assets().values()) {
            boolean counts = asset instanceof Node || asset instanceof Nas || asset instanceof Guest;
            if (counts && world.isUp(asset.id()) == up) {
                found.add(asset.id());
            }
        }
        return found;
    }

    /** The times at which a step of this kind was commanded. */
    List<Duration> commanded(String verb) {
        return disk.entries().stream()
                .filter(entry -> entry.kind().equals("intention")
                        && entry.body().path("verb").asText().equals(verb))
                .map(entry -> Duration.between(disk.entries().get(0).at(), entry.at()))
                .toList();
    }

    /** What a step of this kind was commanded for, in that order. */
    List<AssetId> told(String verb) {
        return disk.entries().stream()
                .filter(entry -> entry.kind().equals("intention")
                        && entry.body().path("verb").asText().equals(verb))
                .map(entry -> AssetId.parse(entry.body().path("asset").asText()))
                .distinct()
                .toList();
    }

    /** Whether a run was told to turn round. */
    boolean turned() {
        return disk.entries().stream()
                .anyMatch(entry ->
                        entry.kind().equals("run-stopped") && entry.body().has("turned"));
    }

    List<String> history() {
        return history.lines();
    }
}
