package io.ridethrough.target.way;

import io.ridethrough.contract.AssetId;
import java.util.concurrent.CompletionStage;

/** A way to ask declared targets of one kind. Never throws. Thread-safe. */
@FunctionalInterface
public interface Way<A extends Ask> {
    CompletionStage<Told> ask(AssetId target, A ask);

    /** One of the ways to a target that is known already; its trouble may be a {@link WayTroubleException}. */
    @FunctionalInterface
    interface Road<T, A extends Ask> {
        CompletionStage<Told> ask(T target, A ask);
    }
}
