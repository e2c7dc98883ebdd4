package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.WakeWay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A simulated node or NAS: it goes off, is woken, boots, and starts its {@code onboot} guests. */
public final class LabHost implements Machine {
    /** What its power button would tell. */
    public enum State {
        UP,
        STOPPING,
        OFF,
        BOOTING
    }

    private final AssetId id;
    private final String nodeName;
    private final String version;
    private final Duration off;
    private final Duration boot;
    private final Set<String> macs;
    private final List<String> exports;
    private final boolean nas;
    private final boolean heedsMains;
    private final List<WakeWay> wake;
    private final LabModel model;
    private final ProxmoxTasks tasks;
    private State state = State.UP;
    private String bootId = UUID.randomUUID().toString();
    private int epoch;
    private Optional<Instant> rings = Optional.empty();
    private Runnable noAlarm = () -> {};

    LabHost(Node node, LabModel model) {
        this.id = node.id();
        this.nodeName = node.nodeName();
        this.version = node.version();
        this.off = node.off();
        this.boot = node.boot();
        this.macs = macs(node.wake());
        this.heedsMains = heedsMains(node.wake());
        this.wake = node.wake();
        this.exports = List.of();
        this.nas = false;
        this.model = model;
        this.tasks = new ProxmoxTasks(this, model.clock);
    }

    LabHost(Nas nas, LabModel model) {
        this.id = nas.id();
        this.nodeName = nas.id().name();
        this.version = "";
        this.off = nas.off();
        this.boot = nas.boot();
        this.macs = macs(nas.wake());
        this.heedsMains = heedsMains(nas.wake());
        this.wake = nas.wake();
        this.exports = nas.exports();
        this.nas = true;
        this.model = model;
        this.tasks = new ProxmoxTasks(this, model.clock);
    }

    private static boolean heedsMains(List<WakeWay> ways) {
        return ways.contains(new WakeWay.Unaided(WakeWay.By.MAINS))
                || ways.stream().anyMatch(WakeWay.Plug.class::isInstance);
    }

    private static Set<String> macs(List<WakeWay> ways) {
        return ways.stream()
                .filter(WakeWay.WakeOnLan.class::isInstance)
                .map(WakeWay.WakeOnLan.class::cast)
                .flatMap(way -> way.macs().stream())
                .map(mac -> mac.toLowerCase(Locale.ROOT).replace('-', ':'))
                .collect(Collectors.toUnmodifiableSet());
    }

    ProxmoxTasks tasks() {
        return tasks;
    }

    @Override
    public AssetId id() {
        return id;
    }

    @Override
    public boolean isUp() {
        return (state == State.UP || state == State.STOPPING) && !model.faults.refuses(id);
    }

    @Override
    public String bootId() {
        return bootId;
    }

    public State state() {
        return state;
    }

    boolean isNas() {
        return nas;
    }

    String nodeName() {
        return nodeName;
    }

    String version() {
        return version;
    }

    List<String> exports() {
        return exports;
    }

    /** The ways to wake it that its contract has. */
    List<WakeWay> wake() {
        return wake;
    }

    boolean answersTo(String mac) {
        return macs.contains(mac);
    }

    /**
     * Stops what still runs on it (a violation: a correct run leaves nothing), then goes off after its declared time:
     * sessions end and ports refuse.
     */
    @Override
    public void powerOff() {
        down(false);
    }

    /** The same, and it comes up again by itself. */
    void reboot() {
        down(true);
    }

    private void down(boolean andUp) {
        if (state != State.UP) {
            return;
        }
        state = State.STOPPING;
        int mine = ++epoch;
        model.events.note(id, "poweroff", "poweroff", "-", "begin");
        List<LabGuest> left = model.guestsOn(id).filter(LabGuest::isRunning).toList();
        left.stream()
                .filter(guest -> !model.carriesOrchestrator(guest.id()))
                .forEach(guest -> model.events.note(
                        id,
                        guest.command(),
                        "still-running",
                        Integer.toString(guest.declared().vmid()),
                        "violation"));
        mounters().forEach(other -> model.events.note(id, "nfs", "still-mounted", other.toString(), "violation"));
        CompletableFuture<?>[] stops = left.stream()
                .map(guest -> guest.shutdownByNode(Duration.ofMinutes(3)))
                .toArray(CompletableFuture<?>[]::new);
        var unused = CompletableFuture.allOf(stops)
                .thenRun(() -> model.clock.after(model.faults.stretched(id, off), () -> {
                    if (mine == epoch) {
                        gone("poweroff", "poweroff", "end");
                        if (andUp) {
                            energise("reboot", "-");
                        }
                    }
                }));
    }

    private Stream<AssetId> mounters() {
        return Stream.concat(model.hosts(), model.guests())
                .filter(Machine::isUp)
                .map(Machine::id)
                .filter(other ->
                        model.mountsOf(other).stream().map(Mount::servedBy).anyMatch(id::equals));
    }

    /** What it draws while it has power: a machine that is off still feeds its management and its network port. */
    double watts() {
        return switch (state) {
            case OFF -> 1.2;
            case BOOTING -> 58.5;
            case UP, STOPPING -> 41.7;
        };
    }

    /** Power is there again: firmware that is set so switches on. */
    void powerBack() {
        if (heedsMains) {
            energise("mains", "-");
        }
    }

    /** The mains and every battery are gone: off at once, guests lost. */
    void powerLost() {
        if (state != State.OFF) {
            model.guestsOn(id)
                    .filter(LabGuest::isRunning)
                    .forEach(guest -> model.events.note(
                            id,
                            guest.command(),
                            "lost",
                            Integer.toString(guest.declared().vmid()),
                            "violation"));
            gone("power", "lost", "violation");
        }
    }

    private void gone(String command, String verb, String what) {
        epoch++;
        state = State.OFF;
        model.guestsOn(id).forEach(LabGuest::lost);
        model.stacksOn(id).forEach(LabStack::hostWentDown);
        model.events.note(id, command, verb, "-", what);
        model.cluster(id).ifPresent(LabCluster::left);
    }

    /** When the alarm of its clock rings. The clock has a battery of its own: it outlives every loss of power. */
    Optional<Instant> rings() {
        return rings;
    }

    /** Has the alarm ring once after that time, or not at all; it wakes only what is off then, and has power. */
    void alarm(Optional<Duration> after) {
        noAlarm.run();
        rings = after.map(model.clock.now()::plus);
        noAlarm = after.map(time -> model.clock.after(time, () -> {
                    rings = Optional.empty();
                    energise("alarm", "-");
                }))
                .orElse(() -> {});
    }

    /** Energises it by {@code how}; nothing happens unless it is off and has power. */
    void energise(String how, String detail) {
        if (state != State.OFF || !model.hasPower(id)) {
            model.events.note(id, how, "boot", detail, "refused");
            return;
        }
        model.events.note(id, how, "boot", detail, "call");
        model.events.note(id, "boot", "boot", "-", "begin");
        state = State.BOOTING;
        int mine = ++epoch;
        model.clock.after(model.faults.stretched(id, boot), () -> {
            if (mine == epoch) {
                booted();
            }
        });
    }

    private void booted() {
        state = State.UP;
        bootId = UUID.randomUUID().toString();
        model.events.note(id, "boot", "boot", "-", "end");
        model.stacksOn(id).forEach(LabStack::hostBooted);
        model.cluster(id).ifPresentOrElse(cluster -> cluster.whenQuorate(this::startGuests), this::startGuests);
    }

    /** What a node starts by itself waits for its cluster's quorum (protocols 1.4). */
    private void startGuests() {
        model.guestsOn(id)
                .filter(guest ->
                        guest.declared().onboot() ^ model.conditions(guest.id()).contains(Condition.ONBOOT_TURNED))
                .forEach(guest -> {
                    model.events.note(
                            id,
                            guest.command(),
                            "onboot",
                            Integer.toString(guest.declared().vmid()),
                            "call");
                    guest.boot();
                });
    }
}
