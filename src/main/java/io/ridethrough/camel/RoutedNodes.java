package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.proxmox.NodeWay;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.proxmox.api.ApiWay;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Asks each node through a route of its own, made from the template {@code proxmox-node}: its API first, SSH second. A
 * node that declares no API is asked by SSH alone.
 */
public final class RoutedNodes implements NodeWay {
    private final CamelContext context;
    private final Contracts contracts;
    private final NodeWays ways;
    private final ProducerTemplate template;

    /** Call before the context starts. */
    public RoutedNodes(CamelContext context, Contracts contracts, ApiWay api, SshWay ssh) {
        this.context = context;
        this.contracts = contracts;
        this.ways = new NodeWays(api, ssh);
        this.template = context.createProducerTemplate();
        context.getRegistry().bind("nodeWays", ways);
    }

    /** Adds the routes of nodes that declare an API; the context has started. */
    public void add() {
        contracts.sites().values().stream()
                .flatMap(site -> site.nodes().stream())
                .filter(node -> node.api().isPresent())
                .filter(node -> context.getRoute(routeOf(node.id())) == null)
                .forEach(node -> TemplatedRouteBuilder.builder(context, "proxmox-node")
                        .routeId(routeOf(node.id()))
                        .parameter("node", node.id().toString())
                        .add());
    }

    private static String routeOf(AssetId node) {
        return "proxmox-" + node;
    }

    /** A container has no agent: whether it responds, SSH alone can tell. */
    @Override
    public CompletionStage<NodeTold> ask(AssetId id, NodeAsk ask) {
        Optional<Node> node = contracts.asset(id).filter(Node.class::isInstance).map(Node.class::cast);
        if (node.isEmpty()) {
            return CompletableFuture.completedFuture(new NodeTold.Undelivered(id + " is no declared node"));
        }
        NodeCall call = new NodeCall(node.get(), ask);
        boolean onlySsh = ask instanceof NodeAsk.Respond respond && respond.form() == Form.CONTAINER;
        if (onlySsh || context.getRoute(routeOf(id)) == null) {
            return ways.plain(call);
        }
        return template.asyncSend("direct:" + routeOf(id), exchange -> exchange.getMessage()
                        .setBody(call))
                .handle(RoutedNodes::told);
    }

    private static NodeTold told(@Nullable Exchange exchange, @Nullable Throwable broken) {
        if (exchange != null && exchange.getMessage().getBody() instanceof NodeTold told) {
            return told;
        }
        Throwable why = exchange == null ? broken : exchange.getException();
        return new NodeTold.Lost("the route gave no answer: " + why);
    }
}
