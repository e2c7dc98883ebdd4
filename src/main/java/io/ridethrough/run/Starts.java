package io.ridethrough.run;

import io.ridethrough.plan.Intent;
import java.util.concurrent.CompletionStage;

/** Where every trigger hands its intent in: the route {@code run-begin}. */
@FunctionalInterface
public interface Starts {
    CompletionStage<Begun> begin(Intent intent);
}
