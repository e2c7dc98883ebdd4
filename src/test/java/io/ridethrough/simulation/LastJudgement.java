package io.ridethrough.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Stack;
import io.ridethrough.journal.Entry;
import io.ridethrough.receipt.ReceiptChain;
import io.ridethrough.run.MemoryJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Judges a story by its end: I4, I5 and I6. */
final class LastJudgement {
    private final Drawn drawn;
    private final World world;
    private final MemoryJournal disk;
    private final History history;
    private final Faults faults;
    private final Set<AssetId> untold = new TreeSet<>();

    LastJudgement(Drawn drawn, World world, MemoryJournal disk, History history, Faults faults) {
        this.drawn = drawn;
        this.world = world;
        this.disk = disk;
        this.history = history;
        this.faults = faults;
    }

    /**
     * A process begins. What was taken down by one that could not write it and died, nothing tells this one, if mains is
     * back by now.
     */
    void begins(Predicate<SiteId> isOnMains) {
        if (!history.met(FaultKind.READ_ONLY) && !history.met(FaultKind.NO_SPACE)) {
            return;
        }
        Set<String> intended = new TreeSet<>();
        disk.ofKinds("intention")
                .forEach(entry -> intended.add(entry.body().path("asset").asText()));
        drawn.contracts().assets().keySet().stream()
                .filter(asset -> isOnMains.test(asset.site()) && wasUp(asset) && !world.isUp(asset))
                .filter(asset -> !intended.contains(asset.toString()))
                .forEach(untold::add);
    }

    void judge(Optional<Life> life) {
        life.ifPresent(alive ->
                alive.runs.progress().forEach(run -> history.broken("I4", run.run() + " has not ended: " + run)));
        receipts();
        drawn.contracts().sites().keySet().forEach(this::endOf);
    }

    private void receipts() {
        ReceiptChain.verify(disk.receipts())
                .ifPresent(fault -> history.broken("I6", "the chain of receipts is broken: " + fault));
        for (Entry begun : disk.ofKinds("run-begun")) {
            String run = begun.run().orElseThrow();
            long many = disk.receipts().stream()
                    .filter(receipt -> receipt.path("run").asText().equals(run))
                    .count();
            if (many != 1) {
                history.broken("I6", run + " has " + many + " receipts");
                continue;
            }
            JsonNode receipt = disk.receipt(run).orElseThrow();
            history.note("receipt of " + run + ": " + receipt.path("result").asText());
            receipt.path("notes").forEach(note -> history.note("    note: " + note.asText()));
            for (JsonNode step : receipt.path("steps")) {
                history.note("    " + step.path("step").asText() + " "
                        + step.path("outcome").asText() + ": "
                        + step.path("evidence").asText());
                if (step.path("evidence").asText().startsWith("broke: ")) {
                    history.broken(
                            "I0",
                            step.path("step").asText() + " broke: "
                                    + step.path("evidence").asText());
                }
            }
            long steps = count(begun.body().path("steps"));
            if (steps != receipt.path("steps").size()) {
                history.broken("I6", run + " tells of " + receipt.path("steps").size() + " steps of " + steps);
            }
        }
    }

    private static long count(JsonNode steps) {
        long count = 0;
        for (JsonNode step : steps) {
            count += step.path("verb").asText().equals("phase-end")
                            || step.path("verb").asText().equals("PHASE_END")
                    ? 0
                    : 1;
        }
        return count;
    }

    /** I5: what the last run of a site says about its end is so, and power leaves no site as it must not be. */
    private void endOf(SiteId site) {
        shedIsBack(site);
        Optional<JsonNode> last = lastOf(site);
        if (last.isEmpty()) {
            unchanged(site);
            return;
        }
        JsonNode receipt = last.get();
        List<String> phases = new ArrayList<>();
        receipt.path("phases").forEach(phase -> phases.add(phase.asText()));
        boolean power = receipt.path("trigger").asText().equals("POWER");
        if (power && !phases.contains("startup")) {
            history.broken("I5", site + " stays down though mains is back");
        }
        if (!receipt.path("result").asText().equals("complete")) {
            return;
        }
        for (Asset asset : assetsOf(site)) {
            boolean is = world.isUp(asset.id());
            boolean told = notes(receipt)
                    .anyMatch(note -> note.contains(asset.id().toString())
                            && (!faults.isSound(asset.id())
                                    || !note.startsWith(asset.id() + " was stopped before the last shutdown")));
            boolean excused = told || untold.contains(asset.id()) || isToldAway(asset.id());
            if (phases.contains("startup") && !is && wasUp(asset.id()) && !excused) {
                history.broken("I5", asset.id() + " is down after a complete startup");
            }
            if (phases.contains("startup") && is && !wasUp(asset.id()) && !isAlways(asset) && wasSeenDown(asset.id())) {
                history.broken("R38", asset.id() + " was stopped by a person and is up");
            }
            if (!phases.contains("startup") && phases.contains("shutdown") && is) {
                history.broken("I5", asset.id() + " is up after a complete shutdown");
            }
        }
    }

    /** What power shed was called for again, by itself or with its whole site. */
    private void shedIsBack(SiteId site) {
        Set<String> away = new TreeSet<>();
        for (Entry begun : disk.ofKinds("run-begun")) {
            boolean power = begun.body().path("trigger").asText().equals("power");
            boolean starts = begun.body().path("phases").toString().contains("startup");
            for (String part : begun.body().path("scope").asText().split(",", -1)) {
                if (part.equals(site.value())) {
                    away.clear();
                } else if (power && part.startsWith(site + "/")) {
                    var unused = starts ? away.remove(part) : away.add(part);
                }
            }
        }
        if (!away.isEmpty()) {
            history.broken("I5", away + " was shed and not called for again though mains is back");
        }
    }

    /** Whether the run that was to start it again after it was shed says that it did not, and why. */
    private boolean isToldAway(AssetId asset) {
        return disk.receipts().stream()
                .filter(receipt ->
                        List.of(receipt.path("scope").asText().split(",", -1)).contains(asset.toString()))
                .filter(receipt -> receipt.path("phases").toString().contains("startup"))
                .reduce((before, after) -> after)
                .filter(receipt -> !receipt.path("result").asText().equals("complete")
                        || notes(receipt)
                                .anyMatch(note -> note.startsWith(asset + " is held")
                                        || note.startsWith(asset + " is not started")))
                .isPresent();
    }

    private static Stream<String> notes(JsonNode receipt) {
        return StreamSupport.stream(receipt.path("notes").spliterator(), false).map(JsonNode::asText);
    }

    /** Whether the last shutdown saw that somebody had stopped it; what was never seen starts as its node would start it. */
    private boolean wasSeenDown(AssetId asset) {
        return faults.isSound(asset)
                && disk.ofKinds("observed").stream()
                        .filter(entry -> entry.body().path("asset").asText().equals(asset.toString())
                                && entry.body().path("verb").asText().equals("SHUT_DOWN")
                                && !entry.body().path("again").asBoolean()
                                && !entry.body().path("doubtful").asBoolean())
                        .reduce((before, after) -> after)
                        .map(entry -> entry.body().path("sight").asText().equals("Desired"))
                        .orElse(false);
    }

    private static boolean isAlways(Asset asset) {
        return asset instanceof io.ridethrough.contract.Guest guest && guest.alwaysStart();
    }

    private boolean wasUp(AssetId asset) {
        return world.wasUp(asset);
    }

    /** Where every record of a run was lost with its process, and mains was back before the next began, nothing tells. */
    private void unchanged(SiteId site) {
        boolean unwritten = history.met(FaultKind.READ_ONLY) || history.met(FaultKind.NO_SPACE);
        if (unwritten && history.tells("the process has ended")) {
            return;
        }
        for (Asset asset : assetsOf(site)) {
            boolean startedAnyhow = isAlways(asset) && world.isUp(asset.id());
            if (world.isUp(asset.id()) != wasUp(asset.id()) && !isToldAway(asset.id()) && !startedAnyhow) {
                history.broken("I5", asset.id() + " changed though no run touched " + site);
            }
        }
    }

    private List<Asset> assetsOf(SiteId site) {
        return drawn.contracts().assets().values().stream()
                .filter(asset -> asset.id().site().equals(site))
                .filter(asset -> !(asset instanceof Device) && !(asset instanceof Stack))
                .toList();
    }

    /** The receipt of the run about whole sites that began last and moves this one. */
    private Optional<JsonNode> lastOf(SiteId site) {
        Optional<JsonNode> last = Optional.empty();
        for (Entry begun : disk.ofKinds("run-begun")) {
            if (begun.body().path("scope").asText().contains("/")) {
                continue;
            }
            boolean moves =
                    List.of(begun.body().path("scope").asText().split(",", -1)).contains(site.value());
            for (JsonNode step : begun.body().path("steps")) {
                moves |= step.path("asset").asText().startsWith(site + "/");
            }
            Optional<JsonNode> receipt = disk.receipt(begun.run().orElseThrow());
            last = moves && receipt.isPresent() ? receipt : last;
        }
        return last;
    }
}
