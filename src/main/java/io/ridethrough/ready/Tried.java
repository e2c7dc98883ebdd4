package io.ridethrough.ready;

import io.ridethrough.contract.AssetId;

/** What came of a {@link Trial}: whether the way would do in an outage, and what says so. */
public record Tried(AssetId target, String way, boolean ready, String evidence) {}
