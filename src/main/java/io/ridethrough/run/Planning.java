package io.ridethrough.run;

import io.ridethrough.contract.Contracts;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Seen;

/** Makes a plan of an intent. Pure. */
@FunctionalInterface
public interface Planning {
    Plan plan(Intent intent, Contracts contracts, Seen seen);
}
