package io.ridethrough.target.tls;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import java.util.Optional;

/** The pin of each target's interface. Thread-safe. */
@FunctionalInterface
public interface Pins {
    /** Empty when nothing is pinned yet: then it is not called at all. */
    Optional<Pin> pin(AssetId target);

    /**
     * The pin that is declared with what is no target of its own: a broker.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    default Pin declared(ApiAccess.Tls tls) {
        return Pin.declared(tls);
    }
}
