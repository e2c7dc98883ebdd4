package io.ridethrough.run;

import io.ridethrough.contract.AssetId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the high availability of a cluster was asked for, by resource, before a run of ours told it to ignore its guests
 * (R40), until it took them up again. Thread-safe.
 */
public interface HaRecord {
    /**
     * Keeps it for the cluster of these nodes in the place of what was kept before; durable when it returns.
     *
     * @param states the state that was asked for, by resource such as {@code vm:100}
     * @return why it is in this process alone, which must not stop a protective shutdown (R34); empty when it is durable
     * @throws io.ridethrough.journal.StaleEpochException when another process has taken over: nothing may be sent (F2)
     */
    Optional<String> keep(Set<AssetId> nodes, Map<String, String> states);

    /** What is kept for the cluster of this node: empty when nothing is to be put back. */
    Map<String, String> kept(AssetId node);
}
