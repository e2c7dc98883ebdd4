package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Intent;
import io.ridethrough.target.mqtt.BrokerAccess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Configuration;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Consumer;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Endpoint;
import org.apache.camel.support.service.ServiceSupport;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every subscription connected, whenever its broker comes and goes: each is looked after twice a second, and one
 * that is down is started as soon as its broker takes connections. The loss is told once and so is the return (R5).
 */
final class Subscriptions extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** For a connection, as its route has it. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long the goodbye may take, in milliseconds. */
    private static final int GOODBYE = 50;

    private static final int MOST_THREADS = 4;

    /**
     * A route that is looked after.
     *
     * @param address where the broker really is
     * @param lock held while it is connected
     */
    private record Subscription(String route, AssetId ups, String address, BrokerAccess.Broker broker, Object lock) {}

    private final CamelContext context;
    private final PowerWatch watch;
    private final BrokerAccess access;
    private final ProducerTemplate intents;
    /** What keeps each UPS's subscriptions from it, by route. */
    private final Map<AssetId, Map<String, String>> troubles = new TreeMap<>();

    private final ScheduledExecutorService executor;
    private final Map<String, Subscription> kept = new ConcurrentHashMap<>();
    private final Map<String, Future<?>> looking = new ConcurrentHashMap<>();

    Subscriptions(CamelContext context, PowerWatch watch, BrokerAccess access) {
        this.context = context;
        this.watch = watch;
        this.access = access;
        this.intents = context.createProducerTemplate();
        this.executor = context.getExecutorServiceManager().newScheduledThreadPool(this, "subscriptions", MOST_THREADS);
        try {
            context.addService(this);
        } catch (Exception broken) {
            throw new IllegalStateException("the subscriptions cannot be kept", broken);
        }
    }

    /** Looks after a route that was added without being started, until it is forgotten or Camel stops. */
    void keep(String route, AssetId ups, String address, BrokerAccess.Broker broker) {
        Subscription one = new Subscription(route, ups, address, broker, new Object());
        kept.put(route, one);
        looking.put(
                route, executor.scheduleWithFixedDelay(() -> look(one), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Looks after a route no more once this returns: it goes, and whatever kept it from its broker with it. */
    void forget(String route) {
        Subscription one = kept.get(route);
        if (one != null) {
            synchronized (one.lock()) {
                kept.remove(route);
            }
            Objects.requireNonNull(looking.remove(route)).cancel(false);
            recovered(one);
        }
    }

    @Override
    protected void doStop() {
        executor.shutdownNow();
    }

    private void look(Subscription one) {
        try {
            if (!one.equals(kept.get(one.route()))
                    || !isRunAllowed()
                    || context.isStopping()
                    || context.isStopped()
                    || connected(one)) {
                return;
            }
            knock(one.address());
            synchronized (one.lock()) {
                if (one.equals(kept.get(one.route()))) {
                    connect(one);
                }
            }
        } catch (IOException nobody) {
            trouble(one, "the broker is unreachable");
        } catch (BrokerAccess.NoAccessException barred) {
            trouble(one, String.valueOf(barred.getMessage()));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (Exception failed) {
            LOG.debug("Still no subscription {}", one.route(), failed);
        }
    }

    private void connect(Subscription one) throws Exception {
        Route route = context.getRoute(one.route());
        if (!(route.getEndpoint() instanceof PahoMqtt5Endpoint endpoint)) {
            throw new IllegalStateException(one.route() + " is no subscription");
        }
        access.connect(one.broker(), PATIENCE, options -> {
            greet(one, options);
            into(endpoint.getConfiguration(), options);
            try {
                context.getRouteController().stopRoute(one.route(), 1, TimeUnit.SECONDS);
                context.getRouteController().startRoute(one.route());
            } finally {
                endpoint.getConfiguration().setUserName(null);
                endpoint.getConfiguration().setPassword(null);
            }
        });
        back(one);
    }

    /**
     * A connection of our own first: the route's has no limit for the broker's answer to it, and would hold up all routes
     * where a broker takes connections and says nothing.
     */
    private static void greet(Subscription one, MqttConnectionOptions options) throws MqttException {
        MqttAsyncClient client =
                new MqttAsyncClient(one.address(), "ridethrough-" + UUID.randomUUID(), new MemoryPersistence());
        try {
            client.connect(options).waitForCompletion(PATIENCE.toMillis());
        } finally {
            client.disconnectForcibly(0, GOODBYE, true);
            client.close(true);
        }
    }

    /** The connection makes its own options of these; the login is not left behind here. */
    private static void into(PahoMqtt5Configuration connection, MqttConnectionOptions options) {
        connection.setUserName(options.getUserName());
        byte[] password = options.getPassword();
        connection.setPassword(password == null ? null : new String(password, StandardCharsets.UTF_8));
        connection.setSocketFactory(options.getSocketFactory());
        connection.setHttpsHostnameVerificationEnabled(options.isHttpsHostnameVerificationEnabled());
        connection.setSslHostnameVerifier(options.getSSLHostnameVerifier());
    }

    private boolean connected(Subscription one) {
        Route route = context.getRoute(one.route());
        return route != null
                && context.getRouteController().getRouteStatus(one.route()).isStarted()
                && route.getConsumer() instanceof PahoMqtt5Consumer consumer
                && consumer.getClient() != null
                && consumer.getClient().isConnected();
    }

    /** A plain connect first: it ends soon where nobody answers, and holds up nothing of Camel. */
    private static void knock(String broker) throws IOException {
        URI uri = URI.create(broker);
        boolean tls = Set.of("ssl", "wss").contains(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 8883 : 1883;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), port), (int) PAUSE.toMillis() * 2);
        }
    }

    private synchronized void trouble(Subscription one, String why) {
        if (!one.equals(kept.get(one.route()))) {
            return;
        }
        Map<String, String> routes = troubles.computeIfAbsent(one.ups(), ups -> new TreeMap<>());
        boolean news = !routes.containsValue(why);
        routes.put(one.route(), why);
        if (news) {
            LOG.atWarn()
                    .addKeyValue("ups", one.ups())
                    .addKeyValue("reason", why)
                    .log("The broker of a UPS is lost; trying again until it is back");
            hand(watch.brokerLost(one.ups(), why));
        }
    }

    /** Whether it was the last in trouble of its UPS. */
    private synchronized boolean recovered(Subscription one) {
        Map<String, String> routes = troubles.getOrDefault(one.ups(), new TreeMap<>());
        return routes.remove(one.route()) != null && routes.isEmpty();
    }

    private synchronized void back(Subscription one) {
        if (recovered(one)) {
            LOG.atInfo().addKeyValue("ups", one.ups()).log("The broker of a UPS is back");
            hand(watch.brokerBack(one.ups()));
        }
    }

    private void hand(List<Intent> found) {
        found.forEach(intent -> intents.sendBody("direct:run-begin", intent));
    }
}
