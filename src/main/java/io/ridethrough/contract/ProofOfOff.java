package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;

/**
 * What counts as off for a node or NAS (R20): our power-off was accepted, the kept session was closed by the peer, and
 * new connects are refused or unanswered on every port for {@code quiet}.
 */
public record ProofOfOff(List<Integer> ports, Duration quiet) {
    public ProofOfOff {
        ports = List.copyOf(ports);
    }
}
