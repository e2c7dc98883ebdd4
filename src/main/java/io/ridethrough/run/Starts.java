package io.ridethrough.run;

import io.ridethrough.plan.Intent;
import java.util.concurrent.CompletionStage;

/** Where every trigger hands its intent in: the routes {@code run-begin}, {@code run-rule} and {@code run-resume}. */
public interface Starts {
    CompletionStage<Begun> begin(Intent intent);

    /** Takes a person's word about one step; what is to be done again is ready when it completes. */
    CompletionStage<Ruled> rule(Ruling ruling);

    /** Lets runs that an earlier process left go on; when it returns, their joins are being rebuilt. */
    void resume(Resume which);
}
