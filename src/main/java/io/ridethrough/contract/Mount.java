package io.ridethrough.contract;

/** An export that an asset mounts: the asset depends on who serves it. */
public record Mount(AssetId servedBy, String export, String at) {}
