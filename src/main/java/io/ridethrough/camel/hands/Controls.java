package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.standard.Finding;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Evaluates one control of the standard for one asset. Only looks; never throws. Thread-safe. */
@FunctionalInterface
public interface Controls {
    /** No standard: nothing of it can be seen. */
    Controls NONE = (control, asset) ->
            CompletableFuture.completedStage(new Finding.Unobservable("no control " + control + " is declared"));

    /** What is found now. */
    CompletionStage<Finding> find(String control, AssetId asset);
}
