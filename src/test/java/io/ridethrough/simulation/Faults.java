package io.ridethrough.simulation;

import io.ridethrough.contract.AssetId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The faults of one story, and whom they struck. */
final class Faults {
    private final List<Fault> all;
    private final Machine machine;
    private final History history;
    private final Set<AssetId> struck = new TreeSet<>();
    private final Set<Fault> told = new HashSet<>();
    private final Set<AssetId> lied = new TreeSet<>();

    Faults(List<Fault> all, Machine machine, History history) {
        this.all = List.copyOf(all);
        this.machine = machine;
        this.history = history;
    }

    List<Fault> all() {
        return all;
    }

    /** Whether a fault of this kind holds now where a thing is reached; then it counts, and the thing was struck. */
    boolean strike(FaultKind kind, AssetId reachedAt, AssetId asset) {
        Optional<Fault> fault = now(kind, Optional.of(reachedAt)).or(() -> now(kind, Optional.of(asset)));
        fault.ifPresent(found -> {
            struck.add(asset);
            if (told.add(found)) {
                history.hit(kind, "at " + asset);
            }
        });
        return fault.isPresent();
    }

    /** The same for what tells its state, once only. */
    boolean lies(AssetId asset) {
        if (lied.contains(asset) || !strike(FaultKind.LIES_ONCE, asset, asset)) {
            return false;
        }
        return lied.add(asset);
    }

    /** Whether it told the opposite of its state once. */
    boolean liar(AssetId asset) {
        return lied.contains(asset);
    }

    /** A fault of this kind that holds now and strikes no single asset. */
    Optional<Fault> now(FaultKind kind) {
        return now(kind, Optional.empty());
    }

    private Optional<Fault> now(FaultKind kind, Optional<AssetId> at) {
        return all.stream()
                .filter(fault -> fault.kind() == kind && fault.at().equals(at) && fault.lastsAt(machine.elapsed()))
                .findFirst();
    }

    /** It was never struck: no fault of a target or of its way explains what became of it. */
    boolean isSound(AssetId asset) {
        return !struck.contains(asset);
    }
}
