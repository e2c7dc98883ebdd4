package io.ridethrough.run;

import io.ridethrough.plan.Intent;
import java.util.concurrent.CompletionStage;

/** Where every trigger hands its intent in: the routes {@code run-begin} and {@code run-resume}. */
public interface Starts {
    CompletionStage<Begun> begin(Intent intent);

    /** Lets runs that an earlier process left go on; when it returns, their joins are being rebuilt. */
    void resume(Resume which);
}
