package io.ridethrough.target.tls;

import io.ridethrough.contract.AssetId;
import java.util.Optional;

/** The pin of each target's interface. Thread-safe. */
@FunctionalInterface
public interface Pins {
    /** Empty when nothing is pinned yet: then it is not called at all. */
    Optional<Pin> pin(AssetId target);
}
