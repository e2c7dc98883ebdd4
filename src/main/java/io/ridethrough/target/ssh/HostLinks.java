package io.ridethrough.target.ssh;

import io.ridethrough.contract.AssetId;
import java.util.concurrent.CompletionStage;

/** The links to hosts, to look at and to open before they are needed (R27). Never throws. Thread-safe. */
public interface HostLinks {
    /** How the link to that host stands now. Asks nobody. */
    HostLink link(AssetId host);

    /** Opens the kept connections of a host where none stand, and tells how the link stands then. */
    CompletionStage<HostLink> open(AssetId host);
}
