package io.ridethrough.simulation;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Stack;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/** Machines that are on or off, what runs on them, and the ways to them; with faults. It keeps its own records. */
final class World implements Hands {
    /** A command that the world has taken and works on; it ends at {@code until} whatever comes. */
    record Open(AssetId asset, boolean down, long until) {}

    private record Arrived(AssetId asset, Verb verb, Rung.Force force, Instant at) {}

    private static final Set<Verb> LOOKS = Set.of(Verb.CHECK, Verb.GUARD, Verb.PROBE, Verb.PHASE_END);
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final Contracts contracts;
    private final Machine machine;
    private final History history;
    private final Faults faults;
    private final Random random;
    private final boolean keepsRecords;
    private final Map<AssetId, Boolean> on = new HashMap<>();
    private final List<Open> open = new ArrayList<>();
    private final List<Arrived> records = new ArrayList<>();
    private final Set<AssetId> stopped;
    private Optional<Judge> judge = Optional.empty();
    private IntConsumer toldDown = number -> {};
    private int commandsDown;

    World(Drawn drawn, Machine machine, History history, Faults faults) {
        this.contracts = drawn.contracts();
        this.machine = machine;
        this.history = history;
        this.faults = faults;
        this.random = new Random(drawn.seed() + 1);
        this.keepsRecords = drawn.keepsRecords();
        this.stopped = drawn.stopped();
        contracts
                .assets()
                .keySet()
                .forEach(asset -> on.put(asset, !drawn.stopped().contains(asset)));
    }

    /** From now on every command is judged. */
    void judgedBy(Judge by) {
        judge = Optional.of(by);
    }

    /** Tells of every command that takes something down, by number. */
    void commandedDown(IntConsumer told) {
        toldDown = told;
    }

    /** Whether it was up when the story began. */
    boolean wasUp(AssetId asset) {
        return !stopped.contains(asset) && host(asset).map(this::wasUp).orElse(true);
    }

    /** Whether it is up: it is on, and so is what it runs on. */
    boolean isUp(AssetId asset) {
        return on.getOrDefault(asset, false) && host(asset).map(this::isUp).orElse(true);
    }

    /** What a guest or a stack runs on. */
    Optional<AssetId> host(AssetId asset) {
        Asset found = contracts.asset(asset).orElseThrow();
        if (found instanceof Guest guest) {
            return Optional.of(guest.runsOn());
        }
        return found instanceof Stack stack ? Optional.of(stack.runsOn()) : Optional.empty();
    }

    /** Commands that are being worked on at an asset. */
    List<Open> openAt(AssetId asset) {
        open.removeIf(call -> call.until() <= machine.nanos());
        return open.stream().filter(call -> call.asset().equals(asset)).toList();
    }

    private AssetId machineOf(AssetId asset) {
        return host(asset).map(this::machineOf).orElse(asset);
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        if (step.asset().isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Desired("nothing to see"));
        }
        AssetId asset = step.asset().get();
        Duration pause = Duration.ofMillis(2 + random.nextInt(20));
        Optional<String> blind = blind(step, asset);
        return machine.after(blind.isPresent() ? pause.multipliedBy(50) : pause).thenApply(passed -> {
            if (blind.isPresent()) {
                return new Sight.Unseen(blind.get());
            }
            return sight(step, asset);
        });
    }

    private Optional<String> blind(Step step, AssetId asset) {
        AssetId at = machineOf(asset);
        if (step.verb() == Verb.PROBE && faults.strike(FaultKind.NO_NAMES, asset, asset)) {
            return Optional.of("no such name");
        }
        for (FaultKind kind : Network.BLIND) {
            if (faults.strike(kind, at, asset)) {
                return Optional.of("not seen: " + kind.what);
            }
        }
        return Optional.empty();
    }

    private Sight sight(Step step, AssetId asset) {
        boolean wantsUp = step.phase() != Phase.SHUTDOWN;
        Optional<AssetId> host = host(asset);
        if (wantsUp && host.isPresent() && !isUp(host.get())) {
            return new Sight.Unseen(host.get() + " does not answer");
        }
        boolean provenBySilence = step.verb() == Verb.POWER_OFF;
        boolean isUp = isUp(asset) != (!provenBySilence && faults.lies(asset));
        String word = isUp ? "up" : "down";
        return isUp == wantsUp ? new Sight.Desired(word) : new Sight.Other("is " + word);
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        AssetId asset = step.asset().orElseThrow();
        AssetId at = machineOf(asset);
        Duration way = Duration.ofMillis(2 + random.nextInt(30));
        for (FaultKind kind : Network.UNDELIVERED) {
            if (step.verb() != Verb.WAKE && faults.strike(kind, at, asset)) {
                return later(way.multipliedBy(10), new Answer.Undelivered(kind.what));
            }
        }
        if (faults.strike(FaultKind.AUTH_REVOKED, at, asset)) {
            return later(way, new Answer.Resting("permission denied"));
        }
        if (faults.strike(FaultKind.BLACK_HOLE, at, asset)) {
            return later(limit, new Answer.Lost("no answer in time"));
        }
        if (host(asset).map(on -> !isUp(on)).orElse(step.verb() == Verb.POWER_OFF && !isUp(asset))) {
            return later(way, new Answer.Undelivered("no route to host"));
        }
        Duration takes = work(step, rung, asset, limit);
        for (FaultKind kind : Network.NO_ANSWER) {
            if (faults.strike(kind, at, asset)) {
                boolean reset = kind == FaultKind.RESET_AFTER_REQUEST;
                return later(reset ? way : limit, new Answer.Lost(kind.what));
            }
        }
        if (Set.of(Verb.WAKE, Verb.POWER_OFF).contains(step.verb())) {
            return later(way, new Answer.Accepted("ok"));
        }
        return takes.compareTo(limit) < 0
                ? later(takes.plus(way), new Answer.Accepted("ok"))
                : later(limit, new Answer.Lost("no answer in time"));
    }

    private CompletionStage<Answer> later(Duration delay, Answer answer) {
        return machine.after(delay).thenApply(passed -> answer);
    }

    /** The command is there: it is recorded and worked on. The answer is how long that takes. */
    private Duration work(Step step, Rung rung, AssetId asset, Duration limit) {
        boolean down = Network.TAKES_DOWN.contains(step.verb());
        judge.ifPresent(by -> by.command(step, rung, asset, down));
        records.add(new Arrived(asset, step.verb(), rung.force(), machine.now()));
        String force = rung.force() == Rung.Force.FORCED ? " by force" : "";
        history.note(step.verb() + " " + asset + force + " (" + step.phase().word() + ")");
        if (down) {
            toldDown.accept(++commandsDown);
        }
        AssetId at = machineOf(asset);
        if (step.verb() == Verb.START && faults.strike(FaultKind.QUORUM_LOST, at, asset)) {
            return limit;
        }
        if (faults.strike(FaultKind.SAYS_OK, asset, asset)) {
            return Duration.ofMillis(20);
        }
        if (step.verb() == Verb.WAKE && isUp(asset)) {
            return Duration.ofMillis(20);
        }
        boolean deaf = rung.force() == Rung.Force.GRACEFUL && faults.strike(FaultKind.HANGS, asset, asset);
        boolean late = faults.strike(FaultKind.DELAYED_REPLY, at, asset);
        Duration takes = late ? limit.multipliedBy(9).dividedBy(10) : takes(asset, down);
        open.add(new Open(asset, down, machine.nanos() + min(takes, limit).toNanos()));
        if (!deaf && takes.compareTo(limit) < 0) {
            machine.at(takes, () -> turn(asset, !down));
        }
        return deaf ? limit : takes;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration takes(AssetId asset, boolean down) {
        int most = contracts.asset(asset).orElseThrow() instanceof Guest ? 20_000 : down ? 40_000 : 60_000;
        return Duration.ofMillis(500 + random.nextInt(most));
    }

    private void turn(AssetId asset, boolean to) {
        if (to && !host(asset).map(this::isUp).orElse(true)) {
            return;
        }
        if (!to) {
            for (Asset other : contracts.assets().values()) {
                if (other instanceof Guest guest && guest.runsOn().equals(asset) && isUp(guest.id())) {
                    history.note(guest.id() + " goes down with its node");
                    on.put(guest.id(), false);
                }
            }
        }
        on.put(asset, to);
        history.note(asset + (to ? " is up" : " is down"));
    }

    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        AssetId asset = step.asset().orElseThrow();
        if (!keepsRecords || blind(step, asset).isPresent()) {
            return CompletableFuture.completedFuture(new Trace.Untold("no record"));
        }
        boolean arrived = records.stream()
                .anyMatch(record -> record.asset().equals(asset)
                        && record.verb() == step.verb()
                        && record.force() == rung.force()
                        && !record.at().isBefore(since));
        return CompletableFuture.completedFuture(
                arrived ? new Trace.Arrived("in its records") : new Trace.NeverArrived("not in its records"));
    }

    @Override
    public List<Rung> ladder(Step step) {
        if (LOOKS.contains(step.verb()) || step.asset().isEmpty()) {
            return List.of();
        }
        Asset asset = contracts.asset(step.asset().get()).orElseThrow();
        if (step.verb() == Verb.SHUT_DOWN && asset instanceof Guest guest) {
            Rung graceful = new Rung(Rung.Force.GRACEFUL, guest.grace().plus(MARGIN));
            Rung forced = new Rung(Rung.Force.FORCED, Duration.ofSeconds(60));
            return guest.mayForce() ? List.of(graceful, forced) : List.of(graceful);
        }
        boolean machineItself = asset instanceof Node || asset instanceof Nas;
        Rung once = new Rung(Rung.Force.GRACEFUL, Duration.ofSeconds(machineItself ? 120 : 60));
        int times = step.verb() == Verb.WAKE || step.verb() == Verb.RECOVER ? 3 : 1;
        return java.util.Collections.nCopies(times, once);
    }
}
