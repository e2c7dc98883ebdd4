package io.ridethrough.plan;

import io.ridethrough.contract.Probe;

/** A step of a plan, for example {@code shutdown:home/nas}; unique in its plan. */
public record StepId(String value) implements Comparable<StepId> {
    /** The step of a phase that asks a probe. */
    public static StepId ofProbe(Phase phase, Probe probe) {
        return new StepId(phase.word() + ":" + probe.asset() + ":" + probe.id());
    }

    @Override
    public int compareTo(StepId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
