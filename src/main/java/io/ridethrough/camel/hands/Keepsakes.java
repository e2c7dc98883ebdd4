package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps what a guest may lose while it is down, before it goes down. */
@FunctionalInterface
public interface Keepsakes {
    /** Nothing is kept, and nothing is said of it. */
    Keepsakes NONE = guest -> CompletableFuture.completedFuture("");

    /** Keeps it, and says what came of that; it never fails, and what it says holds nothing up. */
    CompletionStage<String> of(AssetId guest);
}
