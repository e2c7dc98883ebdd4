package io.ridethrough.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Stack;
import io.ridethrough.journal.Entry;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.MemoryJournal;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Settled;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges every command the moment the world takes it, and every outcome the moment it is written. */
final class Judge {
    private static final Set<String> WELL = Set.of("Done", "AlreadyDone");

    private final Drawn drawn;
    private final World world;
    private final MemoryJournal disk;
    private final History history;
    private final Faults faults;
    private final Set<AssetId> held = new TreeSet<>();
    private final Set<String> dry = new HashSet<>();
    private final Map<String, Integer> sent = new HashMap<>();
    private boolean diskWasInTrouble;

    Judge(Drawn drawn, World world, MemoryJournal disk, History history, Faults faults) {
        this.drawn = drawn;
        this.world = world;
        this.disk = disk;
        this.history = history;
        this.faults = faults;
    }

    /** From now on a person relies on it that nothing energises this. */
    void held(AssetId asset) {
        held.add(asset);
    }

    void released(AssetId asset) {
        held.remove(asset);
    }

    /** Somebody only asked to be shown what that run would do. */
    void dry(String run) {
        dry.add(run);
    }

    void diskIsInTrouble() {
        diskWasInTrouble = true;
    }

    /** The world takes a command. */
    void command(Step step, Rung rung, AssetId asset, boolean down) {
        String what = step.verb() + " " + asset;
        Optional<JsonNode> run = intended(step, rung, what) ? runOf(step) : Optional.empty();
        world.openAt(asset).stream()
                .filter(open -> open.down() != down)
                .forEach(open -> history.broken("I3", what + " while the opposite is still worked on"));
        if (!down && held.contains(asset)) {
            history.broken("R36", what + " though a person holds it");
        }
        if (lastIntention(step).flatMap(Entry::run).filter(dry::contains).isPresent()) {
            history.broken("I8", what + " by a dry run");
        }
        if (down) {
            downInOrder(asset, what, run);
        } else if (step.phase() == Phase.STARTUP) {
            upInOrder(asset, what, run);
        }
    }

    /**
     * I1, and R19: no more commands than intentions, and none again that is still worked on or has proven to arrive.
     * False for what a shutdown does that goes on without its journal (R34).
     */
    private boolean intended(Step step, Rung rung, String what) {
        String id = lastIntention(step).flatMap(Entry::run).orElse("none");
        long intentions = disk.ofRun(id).stream()
                .filter(entry -> entry.kind().equals("intention"))
                .filter(entry ->
                        entry.body().path("step").asText().equals(step.id().value()))
                .filter(entry ->
                        entry.body().path("force").asText().equals(rung.force().name()))
                .count();
        String key = id + " " + step.id() + " " + rung.force();
        int times = sent.merge(key, 1, Integer::sum);
        if (diskWasInTrouble && step.phase() == Phase.SHUTDOWN) {
            return times <= intentions;
        }
        if (times > intentions) {
            history.broken(
                    "I1", what + " was commanded " + times + " times with " + intentions + " intentions on disk");
        }
        if (times > 1 && Network.TAKES_DOWN.contains(step.verb())) {
            again(step, what, key);
        }
        return true;
    }

    private void again(Step step, String what, String key) {
        AssetId asset = step.asset().orElseThrow();
        if (!world.openAt(asset).isEmpty()) {
            history.broken("R19", what + " again while the first is still worked on (" + key + ")");
        } else if (drawn.keepsRecords() && faults.isSound(asset)) {
            history.broken("R19", what + " again though its records tell that the first arrived (" + key + ")");
        }
    }

    /** The intention behind a command; one whose step has settled is that of an earlier run. */
    private Optional<Entry> lastIntention(Step step) {
        return disk.ofKinds("intention", "settled").stream()
                .filter(entry ->
                        entry.body().path("step").asText().equals(step.id().value()))
                .reduce((before, after) -> after)
                .filter(entry -> entry.kind().equals("intention"));
    }

    /** The plan of the run that last intended this step. */
    private Optional<JsonNode> runOf(Step step) {
        return lastIntention(step).flatMap(Entry::run).flatMap(id -> disk.ofRun(id).stream()
                .filter(entry -> entry.kind().equals("run-begun"))
                .findFirst()
                .map(Entry::body));
    }

    /** I2 and I7: whatever stands on it is down, unless a fault of its own keeps it up. */
    private void downInOrder(AssetId asset, String what, Optional<JsonNode> run) {
        Set<String> planned = new HashSet<>();
        run.ifPresent(begun -> begun.path("steps")
                .forEach(step -> planned.add(step.path("asset").asText())));
        for (Asset other : drawn.contracts().assets().values()) {
            boolean stands = relations(other).contains(asset) && commanded(other);
            boolean sameRun = run.isEmpty()
                    ? other.id().site().equals(asset.site()) && !(other instanceof Stack)
                    : planned.contains(other.id().toString());
            if (stands && sameRun && world.isUp(other.id()) && faults.isSound(other.id())) {
                history.broken("I2", what + " while " + other.id() + " is up");
            }
        }
    }

    private void upInOrder(AssetId asset, String what, Optional<JsonNode> run) {
        Asset found = drawn.contracts().asset(asset).orElseThrow();
        for (AssetId need : relations(found)) {
            boolean told = run.filter(begun -> begun.path("notes").toString().contains(need.toString()))
                    .isPresent();
            boolean plain = !told
                    && drawn.contracts().asset(need).filter(this::commanded).isPresent()
                    && need.site().equals(asset.site())
                    && world.wasUp(need);
            if (plain && !world.isUp(need) && faults.isSound(need)) {
                history.broken("I2", what + " while its need " + need + " is down");
            }
        }
    }

    /** Whether a shutdown has a step of its own for it. */
    private boolean commanded(Asset asset) {
        return asset instanceof Guest
                || asset instanceof Node
                || asset instanceof Nas
                || (asset instanceof Stack stack && stack.stopBy() != Stack.StopBy.HOST);
    }

    private static Set<AssetId> relations(Asset asset) {
        Set<AssetId> relations = new TreeSet<>(asset.needs());
        relations.addAll(asset.reachedThrough());
        if (asset instanceof Guest guest) {
            relations.add(guest.runsOn());
        }
        if (asset instanceof Stack stack) {
            relations.add(stack.runsOn());
        }
        if (asset instanceof Node node) {
            node.mounts().forEach(mount -> relations.add(mount.servedBy()));
        }
        return relations;
    }

    /** I9: what is written down as done is so. A record that is written late tells of a moment that has passed. */
    void settled(JsonNode body) {
        if (body.hasNonNull("asset") && !body.has("late")) {
            settled(
                    body.path("step").asText(),
                    Verb.valueOf(body.path("verb").asText()),
                    AssetId.parse(body.path("asset").asText()),
                    body.path("outcome").asText());
        }
    }

    /** I9, also where it cannot be written: what is told as done is so. */
    void settled(Settled settled) {
        Step step = settled.step();
        step.asset()
                .ifPresent(asset -> settled(
                        step.id().value(), step.verb(), asset, settled.outcome().word()));
    }

    private void settled(String step, Verb verb, AssetId asset, String outcome) {
        boolean down = Network.TAKES_DOWN.contains(verb) && world.isUp(asset);
        boolean up = Network.ENERGISES.contains(verb) && !world.isUp(asset);
        if (WELL.contains(outcome) && (down || up) && !faults.liar(asset)) {
            history.broken("I9", step + " counts as done, and the asset is not so");
        }
    }
}
