package io.ridethrough.run;

import io.ridethrough.plan.Step;

/**
 * A step of a run, one message per need that has settled; the join of all of them makes the step ready. The run is part
 * of the key, so that a join left half full by a dead run never meets a later one.
 */
public record ReadyStep(String run, Step step) {
    /** Correlates the messages of one join. */
    public String key() {
        return run + "|" + step.id();
    }

    /** How many messages complete the join. */
    public int needs() {
        return step.needs().size();
    }
}
