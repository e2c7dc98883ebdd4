package io.ridethrough.target.proxmox;

import io.ridethrough.contract.AssetId;
import java.util.concurrent.CompletionStage;

/** A way to ask declared Proxmox nodes. Never throws. Thread-safe. */
@FunctionalInterface
public interface NodeWay {
    CompletionStage<NodeTold> ask(AssetId node, NodeAsk ask);
}
