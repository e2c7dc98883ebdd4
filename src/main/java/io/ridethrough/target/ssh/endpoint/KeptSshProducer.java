package io.ridethrough.target.ssh.endpoint;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.CommandTroubleException;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Sends the command in the body and goes on when its result is there; no thread waits for it. */
final class KeptSshProducer extends DefaultAsyncProducer {
    private final AssetId host;
    private final Shell connections;

    KeptSshProducer(Endpoint endpoint, AssetId host, Shell connections) {
        super(endpoint);
        this.host = host;
        this.connections = connections;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!(exchange.getMessage().getBody() instanceof RemoteCommand command)) {
            exchange.setException(new IllegalArgumentException("kept-ssh takes a RemoteCommand as body"));
            callback.done(true);
            return true;
        }
        connections.run(host, command).whenComplete((result, broken) -> {
            if (broken != null) {
                exchange.setException(broken);
            } else {
                settle(exchange, result);
            }
            callback.done(false);
        });
        return false;
    }

    private static void settle(Exchange exchange, CommandResult result) {
        if (result instanceof CommandResult.Lost lost) {
            exchange.setException(new CommandTroubleException(lost));
        } else if (result instanceof CommandResult.Undelivered undelivered
                && undelivered.cause().isOfTheHost()) {
            exchange.setException(new CommandTroubleException(undelivered));
        } else {
            exchange.getMessage().setBody(result);
        }
    }
}
