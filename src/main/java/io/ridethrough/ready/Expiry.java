package io.ridethrough.ready;

import io.ridethrough.contract.AssetId;
import java.time.Instant;

/**
 * What stops working by itself.
 *
 * @param what for example {@code certificate of 192.0.2.10:8006}
 */
public record Expiry(AssetId target, String what, Instant at) {}
