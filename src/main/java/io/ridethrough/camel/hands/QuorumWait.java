package io.ridethrough.camel.hands;

import io.ridethrough.contract.Node;
import io.ridethrough.target.proxmox.ClusterState.Quorum;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeTold;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** No guest of a cluster is started before the cluster has its quorum (R40): its node would refuse it. */
final class QuorumWait {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** What came of waiting. */
    enum Came {
        QUORATE,
        NOT_QUORATE
    }

    private final Tools tools;

    QuorumWait(Tools tools) {
        this.tools = tools;
    }

    /** Completes when the node's cluster may act, or with the limit. A cluster that tells nothing decides for itself. */
    CompletionStage<Came> at(Node node, Duration limit) {
        return node.cluster().isEmpty()
                ? CompletableFuture.completedFuture(Came.QUORATE)
                : until(node, tools.time().nanos() + limit.toNanos());
    }

    private CompletionStage<Came> until(Node node, long deadline) {
        return tools.nodes().ask(node.id(), new NodeAsk.Cluster()).thenCompose(told -> {
            boolean missing =
                    told instanceof NodeTold.Cluster seen && seen.state().quorum() == Quorum.MISSING;
            if (!missing) {
                return CompletableFuture.completedFuture(Came.QUORATE);
            }
            return tools.time().nanos() >= deadline
                    ? CompletableFuture.completedFuture(Came.NOT_QUORATE)
                    : tools.time().after(PAUSE).thenCompose(passed -> until(node, deadline));
        });
    }
}
