package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Sends commands through the routes of their hosts, and so through their breakers. Holds no thread while they run. */
public final class RoutedShell implements Shell {
    private final CamelContext context;
    private final ProducerTemplate template;

    public RoutedShell(CamelContext context) {
        this.context = context;
        template = context.createProducerTemplate();
    }

    @Override
    public CompletionStage<CommandResult> run(AssetId host, RemoteCommand command) {
        String route = SshRoutes.routeOf(host);
        if (context.getRoute(route) == null) {
            return CompletableFuture.completedStage(
                    new CommandResult.Undelivered(CommandResult.Cause.UNREACHABLE, "no route leads to " + host));
        }
        return template.asyncSend(
                        "direct:" + route, exchange -> exchange.getMessage().setBody(command))
                .handle(RoutedShell::result);
    }

    private static CommandResult result(@Nullable Exchange exchange, @Nullable Throwable broken) {
        if (exchange != null && exchange.getMessage().getBody() instanceof CommandResult result) {
            return result;
        }
        Throwable why = exchange == null ? broken : exchange.getException();
        return new CommandResult.Lost("the route gave no result: " + why);
    }
}
