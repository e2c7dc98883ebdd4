package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import java.time.Duration;

/**
 * How long a site has power without mains.
 *
 * @param ups the one that decides it
 * @param basis where that is known from, for people
 */
public record Lasts(AssetId ups, Duration left, String basis) {
    /** Kept of it beyond what a shutdown takes (R11). */
    public static final Duration RESERVE = Duration.ofMinutes(1);
}
