package io.ridethrough.camel;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import io.ridethrough.power.ReadingParser;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.mqtt.BrokerAccess;
import io.ridethrough.target.way.Way;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** The routes that listen for every declared UPS: subscriptions at its broker, questions to what else tells of it. */
public final class PowerRoutes {
    private final CamelContext context;
    private final PowerSources sources;
    private final PowerWatch watch;
    private final Way<HomeAsk> homes;
    private final Subscriptions subscriptions;
    private final DeclaredRoutes<String, Source> routes;

    /** One route, and the power of its site: where that is declared otherwise, all of it is heard anew. */
    private record Source(Power power, Ups ups, Kind kind, String topic) {}

    private enum Kind {
        MQTT,
        NUT,
        HOME_ASSISTANT
    }

    /**
     * A site that is armed from now on is judged at once.
     */
    public PowerRoutes(CamelContext context, PowerSources sources, PowerWatch watch, Way<HomeAsk> homes) {
        this.context = context;
        this.sources = sources;
        this.watch = watch;
        this.homes = homes;
        this.subscriptions = new Subscriptions(context, watch, sources.brokers());
        this.routes = new DeclaredRoutes<>(context, route -> route, this::add, subscriptions::forget);
        ProducerTemplate intents = context.createProducerTemplate();
        watch.heedArming(intent -> {
            var unused = intents.asyncSendBody("direct:run-begin", intent);
        });
    }

    /** The UPSes of these contracts are heard from now on; each subscription begins as soon as its broker answers. */
    public void follow(Contracts contracts) {
        Map<String, Source> declared = new LinkedHashMap<>();
        for (Site site : contracts.sites().values()) {
            for (Ups ups : site.power().upses()) {
                ups.mqtt().ifPresent(source -> {
                    int number = 0;
                    for (String topic : new ReadingParser(source).filters()) {
                        declared.put(
                                "power-" + nameOf(ups) + "-" + number++,
                                new Source(site.power(), ups, Kind.MQTT, topic));
                    }
                });
                ups.nut()
                        .ifPresent(source ->
                                declared.put("nut-" + nameOf(ups), new Source(site.power(), ups, Kind.NUT, "")));
                ups.home()
                        .ifPresent(source -> declared.put(
                                "power-home-" + nameOf(ups), new Source(site.power(), ups, Kind.HOME_ASSISTANT, "")));
            }
        }
        routes.follow(declared);
    }

    private static String nameOf(Ups ups) {
        return ups.id().site() + "-" + ups.id().name();
    }

    private void add(String route, Source source) {
        Ups ups = source.ups();
        switch (source.kind()) {
            case MQTT -> subscribe(route, ups, ups.mqtt().orElseThrow(), source.topic());
            case NUT -> ask(route, ups, ups.nut().orElseThrow());
            case HOME_ASSISTANT -> ask(route, ups, ups.home().orElseThrow());
        }
    }

    private void ask(String route, Ups ups, Ups.HomeSource source) {
        context.getRegistry().bind(route, new HomeSource(ups.id(), source, homes, sources.patience(), watch));
        TemplatedRouteBuilder.builder(context, "power-home-assistant")
                .routeId(route)
                .parameter("source", route)
                .parameter("period", String.valueOf(sources.millis(source.every())))
                .add();
    }

    private void subscribe(String route, Ups ups, Ups.MqttSource source, String topic) {
        String bean = "power-" + nameOf(ups);
        context.getRegistry().bind(bean, new PowerSource(ups, source, watch));
        TemplatedRouteBuilder.builder(context, "power-mqtt")
                .routeId(route)
                .parameter("source", bean)
                .parameter("client", "ridethrough-" + ProcessHandle.current().pid() + "-" + route)
                .parameter("broker", sources.address(source))
                .parameter("topic", topic)
                .add();
        subscriptions.keep(route, ups.id(), sources.address(source), BrokerAccess.Broker.of(source));
    }

    private void ask(String route, Ups ups, Ups.NutSource source) {
        context.getRegistry().bind(route, new NutSource(ups.id(), sources.client(ups.id(), source), watch));
        TemplatedRouteBuilder.builder(context, "power-nut")
                .routeId(route)
                .parameter("source", route)
                .parameter("ups", ups.id().toString())
                .parameter("period", String.valueOf(sources.millis(source.every())))
                .add();
    }
}
