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
    private final PowerSources sources;
    private final Secrets secrets;

    /** @param secrets the logins at brokers, {@code user:password} each */
    public TriggerRoutes(CamelContext context, PowerSources sources, Secrets secrets) {
        this.context = context;
        this.sources = sources;
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
                ups.mqtt().ifPresent(source -> subscribe(ups, source, watch, subscriptions));
                ups.nut().ifPresent(source -> ask(ups, source, watch));
            }
        }
        subscriptions.begin();
    }

    private void subscribe(Ups ups, Ups.MqttSource source, PowerWatch watch, Subscriptions subscriptions) {
        String bean = "power-" + ups.id().site() + "-" + ups.id().name();
        context.getRegistry().bind(bean, new PowerSource(ups, source, watch));
        int number = 0;
        for (String topic : filters(source)) {
            String route = bean + "-" + number;
            TemplatedRouteBuilder.builder(context, "power-mqtt")
                    .routeId(route)
                    .parameter("source", bean)
                    .parameter(
                            "client", "ridethrough-" + ProcessHandle.current().pid() + "-" + route)
                    .parameter("broker", sources.broker().apply(source))
                    .parameter("topic", topic)
                    .add();
            subscriptions.keep(route, ups.id(), sources.broker().apply(source), new BrokerLogin(secrets, source));
            number++;
        }
    }

    private void ask(Ups ups, Ups.NutSource source, PowerWatch watch) {
        String bean = "nut-" + ups.id().site() + "-" + ups.id().name();
        context.getRegistry().bind(bean, new NutSource(ups.id(), sources.client(ups.id(), source), watch));
        TemplatedRouteBuilder.builder(context, "power-nut")
                .routeId(bean)
                .parameter("source", bean)
                .parameter("ups", ups.id().toString())
                .parameter("period", String.valueOf(sources.millis(source)))
                .add();
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
