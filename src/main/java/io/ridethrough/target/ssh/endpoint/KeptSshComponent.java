package io.ridethrough.target.ssh.endpoint;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.ssh.Shell;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** Makes endpoints {@code kept-ssh:<site>/<asset>} that share one set of kept connections. They have no options. */
public final class KeptSshComponent extends DefaultComponent {
    private final Shell connections;

    public KeptSshComponent(Shell connections) {
        this.connections = connections;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new KeptSshEndpoint(uri, this, AssetId.parse(remaining), connections);
    }
}
