package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.ssh.endpoint.KeptSshComponent;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spi.ProcessorFactory;

/** One route with its own breaker per host, made from the template {@code ssh-host}. */
public final class SshRoutes {
    private final CamelContext context;
    private final Breakers breakers = new Breakers();

    /**
     * Call before the context starts.
     *
     * @param connections where the endpoints send commands
     * @param speed how many times faster than the real world the hosts run; 1 in service
     */
    public SshRoutes(CamelContext context, Shell connections, double speed) {
        this.context = context;
        context.getCamelContextExtension().addContextPlugin(ProcessorFactory.class, new HostBreakers(speed, breakers));
        context.addComponent("kept-ssh", new KeptSshComponent(connections));
        context.getRegistry().bind("sshAnswers", new SshAnswers());
    }

    /** The breakers of every route of this Camel, whatever its way. */
    public Breakers breakers() {
        return breakers;
    }

    /** Adds the routes of hosts that have none yet. Call once the context has started; about 10 ms each. */
    public void add(Collection<AssetId> hosts) {
        for (AssetId host : hosts) {
            if (context.getRoute(routeOf(host)) == null) {
                TemplatedRouteBuilder.builder(context, "ssh-host")
                        .routeId(routeOf(host))
                        .parameter("host", host.toString())
                        .add();
            }
        }
    }

    static String routeOf(AssetId host) {
        return "ssh-" + host;
    }
}
