package io.ridethrough.run;

import io.ridethrough.contract.Contracts;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Seen;

/** Plans whose forecasts follow from what earlier runs of their kind took (R41); their steps are as declared. */
public final class Experienced implements Planning {
    private final Planning planning;
    private final Durations durations;

    public Experienced(Planning planning, Durations durations) {
        this.planning = planning;
        this.durations = durations;
    }

    @Override
    public Plan plan(Intent intent, Contracts contracts, Seen seen) {
        return Planner.forecast(planning.plan(intent, contracts, seen), contracts, durations.of(intent.trigger()));
    }
}
