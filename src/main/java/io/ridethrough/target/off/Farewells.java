package io.ridethrough.target.off;

import io.ridethrough.contract.AssetId;
import java.util.OptionalLong;

/** What is known of how kept sessions ended. Asks nobody. Thread-safe. */
@FunctionalInterface
public interface Farewells {
    /** When the peer itself closed its last kept session, on any clock that only goes on; empty while one stands. */
    OptionalLong closedByPeerAt(AssetId host);
}
