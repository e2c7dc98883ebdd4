package io.ridethrough.plan;

/** A step of a plan, for example {@code shutdown:home/nas}; unique in its plan. */
public record StepId(String value) implements Comparable<StepId> {
    @Override
    public int compareTo(StepId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
