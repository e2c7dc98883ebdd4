package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;

/** Something with a kernel: a node, a NAS or a guest. */
public interface Machine {
    AssetId id();

    /** Whether its services answer now. */
    boolean isUp();

    /** A new one at every boot, as the kernel makes it. */
    String bootId();

    /** Goes down in an orderly way, from inside; returns at once. */
    void powerOff();
}
