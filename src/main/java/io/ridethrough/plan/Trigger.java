package io.ridethrough.plan;

/** What asked for a run. Power outranks people, people outrank schedules (R32). */
public enum Trigger {
    SCHEDULE,
    HAND,
    POWER;

    /** Whether a run of this trigger may take over from a run of the other. */
    public boolean preempts(Trigger other) {
        return compareTo(other) > 0;
    }
}
