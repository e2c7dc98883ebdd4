package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.ssh.endpoint.KeptSshComponent;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spi.ProcessorFactory;

/** One route with its own breaker per host, made from the template {@code ssh-host}. */
public final class SshRoutes {
    private final CamelContext context;
    private final Breakers breakers = new Breakers();
    private final DeclaredRoutes<AssetId, SshAccess> routes;

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
        this.routes = new DeclaredRoutes<>(context, SshRoutes::routeOf, (host, access) -> add(host));
    }

    /** The breakers of every route of this Camel, whatever its way. */
    public Breakers breakers() {
        return breakers;
    }

    /** Each of these hosts has its route from now on, and no other host; Camel has started. About 10 ms for each new one. */
    public void follow(Map<AssetId, SshAccess> hosts) {
        routes.follow(hosts);
    }

    private void add(AssetId host) {
        TemplatedRouteBuilder.builder(context, "ssh-host")
                .routeId(routeOf(host))
                .parameter("host", host.toString())
                .add();
    }

    static String routeOf(AssetId host) {
        return "ssh-" + host;
    }
}
