package io.ridethrough.camel;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import io.ridethrough.power.ReadingParser;
import io.ridethrough.target.Secrets;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Makes one subscription route per UPS and one route per window out of the contracts. */
public final class TriggerRoutes {
    private final CamelContext context;
    private final Brokers brokers;
    private final Secrets secrets;

    /** Where a declared broker really is; the lab has its own. */
    @FunctionalInterface
    public interface Brokers {
        String address(Ups ups);
    }

    /** @param secrets the logins at brokers, {@code user:password} each */
    public TriggerRoutes(CamelContext context, Brokers brokers, Secrets secrets) {
        this.context = context;
        this.brokers = brokers;
        this.secrets = secrets;
    }

    /**
     * Adds the subscriptions of every UPS of every site; each begins as soon as its broker answers. A site that is armed
     * from now on is judged at once.
     */
    public void followPower(Contracts contracts, PowerWatch watch) {
        ProducerTemplate intents = context.createProducerTemplate();
        watch.heedArming(intent -> {
            var unused = intents.asyncSendBody("direct:run-begin", intent);
        });
        Subscriptions subscriptions = new Subscriptions(context, watch);
        for (Site site : contracts.sites().values()) {
            for (Ups ups : site.power().upses()) {
                String bean = "power-" + site.id() + "-" + ups.id().name();
                context.getRegistry().bind(bean, new PowerSource(ups, watch));
                int number = 0;
                for (String topic : filters(ups.source())) {
                    String route = bean + "-" + number;
                    TemplatedRouteBuilder.builder(context, "power-mqtt")
                            .routeId(route)
                            .parameter("source", bean)
                            .parameter(
                                    "client",
                                    "ridethrough-" + ProcessHandle.current().pid() + "-" + route)
                            .parameter("broker", brokers.address(ups))
                            .parameter("topic", topic)
                            .add();
                    subscriptions.keep(route, ups.id(), brokers.address(ups), new BrokerLogin(secrets, ups.source()));
                    number++;
                }
            }
        }
        subscriptions.begin();
    }

    /** Adds the route of every declared window, after reporting those that fell due while nobody kept them. */
    public void keepWindows(Contracts contracts, MaintenanceWindows windows) {
        windows.keep();
        if (!contracts.policy().windows().isEmpty()) {
            context.getRegistry().bind("windows", windows);
            TemplatedRouteBuilder.builder(context, "window-watch")
                    .routeId("window-watch")
                    .add();
        }
        for (Policy.Window window : contracts.policy().windows()) {
            context.getRegistry().bind("window-" + window.id(), windows.of(window));
            TemplatedRouteBuilder.builder(context, "window-fire")
                    .routeId("window-" + window.id())
                    .parameter("window", window.id())
                    .parameter("cron", window.cron())
                    .parameter("zone", window.zone().getId())
                    .add();
        }
    }

    /** One filter where the variable is the last level, so that a UPS costs one connection; its topics otherwise. */
    private static List<String> filters(Ups.MqttSource source) {
        String variable = "{variable}";
        if (source.format() == Ups.Format.VARIABLES && source.topic().endsWith("/" + variable)) {
            return List.of(source.topic().substring(0, source.topic().length() - variable.length()) + "#");
        }
        return new ReadingParser(source).topics();
    }
}
