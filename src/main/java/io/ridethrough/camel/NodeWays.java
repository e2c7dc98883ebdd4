package io.ridethrough.camel;

import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.proxmox.NodeTroubleException;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.proxmox.api.ApiWay;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;

/** The two ways to a node as its route calls them. Bound as {@code nodeWays}. */
public final class NodeWays {
    private final ApiWay api;
    private final SshWay ssh;

    NodeWays(ApiWay api, SshWay ssh) {
        this.api = api;
        this.ssh = ssh;
    }

    /** By its API; trouble of the way fails, so that the breaker counts it. */
    public CompletionStage<NodeTold> first(@Body NodeCall call) {
        CompletableFuture<NodeTold> told = new CompletableFuture<>();
        api.ask(call.node(), call.ask()).whenComplete((answer, trouble) -> {
            if (trouble == null) {
                told.complete(answer);
            } else {
                told.completeExceptionally(
                        trouble instanceof CompletionException && trouble.getCause() != null
                                ? trouble.getCause()
                                : trouble);
            }
        });
        return told;
    }

    /** By SSH, unless the first way may have done already what is asked: then a look must tell, not a second try. */
    public CompletionStage<NodeTold> second(@Body NodeCall call, @ExchangeException Exception trouble) {
        boolean wasNotSent = trouble instanceof BreakerOpenException
                || (trouble instanceof NodeTroubleException known && known.told() instanceof NodeTold.Undelivered);
        if (call.ask() instanceof NodeAsk.Act && !wasNotSent) {
            return CompletableFuture.completedFuture(new NodeTold.Lost(String.valueOf(trouble.getMessage())));
        }
        return ssh.ask(call.node(), call.ask()).thenApply(told -> bySsh(told, String.valueOf(trouble.getMessage())));
    }

    private static NodeTold bySsh(NodeTold told, String why) {
        String by = " (by SSH; its API: " + why + ")";
        if (told instanceof NodeTold.Done done) {
            return new NodeTold.Done(done.evidence() + by);
        }
        if (told instanceof NodeTold.Undelivered none) {
            return new NodeTold.Undelivered(none.evidence() + by);
        }
        return told;
    }

    /** By SSH alone. */
    CompletionStage<NodeTold> plain(NodeCall call) {
        return ssh.ask(call.node(), call.ask());
    }
}
