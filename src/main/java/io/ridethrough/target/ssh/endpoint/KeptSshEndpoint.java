package io.ridethrough.target.ssh.endpoint;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.ssh.Shell;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One host. Only to be sent to. */
final class KeptSshEndpoint extends DefaultEndpoint {
    private final AssetId host;
    private final Shell connections;

    KeptSshEndpoint(String uri, KeptSshComponent component, AssetId host, Shell connections) {
        super(uri, component);
        this.host = host;
        this.connections = connections;
    }

    @Override
    public Producer createProducer() {
        return new KeptSshProducer(this, host, connections);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("nothing comes from kept-ssh: commands go to it");
    }
}
