package io.ridethrough.target.redfish;

import io.ridethrough.target.way.Told;

/** What a management controller shows. */
public sealed interface RedfishTold extends Told.Seen {
    /**
     * What it says of the power of its machine.
     *
     * @param word {@code PowerState} as it was told
     */
    record Power(State state, String word) implements RedfishTold {}

    /** Whether there is power. */
    enum State {
        ON,
        OFF,
        /** On its way up or down. */
        CHANGING,
        /** A word that the standard does not have: neither on nor off is believed. */
        UNKNOWN
    }
}
