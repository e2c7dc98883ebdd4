package io.ridethrough.contract;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to hang where on a switch, for the standard to compare with. Runs never read it.
 *
 * @param budget what its PoE must be able to give, in watts; empty where that is not declared
 * @param ports those that somebody decided about; the others may be as they are
 */
public record PortMap(OptionalInt budget, List<Port> ports) {
    public PortMap {
        ports = List.copyOf(ports);
    }

    /**
     * A port; what is empty is not declared.
     *
     * @param number from 1, as its switch counts
     * @param network the one that is untagged on it
     * @param poe whether it gives power
     * @param carries what hangs on it
     */
    public record Port(
            int number, Optional<Posture.Segment> network, Optional<Boolean> poe, Optional<AssetId> carries) {}
}
