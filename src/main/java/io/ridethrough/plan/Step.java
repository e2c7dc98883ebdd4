package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One thing to be done to one asset.
 *
 * @param asset what it is done to; for {@link Verb#GUARD} the asset it is asked on; empty for {@link Verb#PHASE_END}
 * @param needs the steps that must have settled before it
 * @param expected its declared duration
 * @param probe the question, for {@link Verb#PROBE}
 * @param control the control of the standard that it is about, for {@link Verb#GATE} and {@link Verb#REMEDY}
 */
public record Step(
        StepId id,
        Phase phase,
        Verb verb,
        Optional<AssetId> asset,
        SortedSet<StepId> needs,
        Duration expected,
        Optional<Probe> probe,
        Optional<String> control) {
    public Step {
        needs = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(needs));
    }

    /** A step that is about no control. */
    public Step(
            StepId id,
            Phase phase,
            Verb verb,
            Optional<AssetId> asset,
            SortedSet<StepId> needs,
            Duration expected,
            Optional<Probe> probe) {
        this(id, phase, verb, asset, needs, expected, probe, Optional.empty());
    }

    /** The same, after that one too. */
    Step after(StepId other) {
        SortedSet<StepId> more = new TreeSet<>(needs);
        more.add(other);
        return new Step(id, phase, verb, asset, more, expected, probe, control);
    }

    /** The same, after these too. */
    Step needing(Set<StepId> others) {
        TreeSet<StepId> all = new TreeSet<>(needs);
        all.addAll(others);
        return new Step(id, phase, verb, asset, all, expected, probe, control);
    }

    /** The same, expected to take so long. */
    Step lasting(Duration time) {
        return new Step(id, phase, verb, asset, needs, time, probe, control);
    }
}
