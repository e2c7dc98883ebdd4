package io.ridethrough.target.mqtt;

import io.ridethrough.target.Said;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Reads retained messages. A broker sends them once it has acknowledged the subscription (MQTT 5, 3.3.1.3), so that a
 * topic of which nothing comes while others wait keeps nothing; how long others are waited for is bounded. Never throws.
 * Thread-safe.
 */
public final class RetainedMessages {
    /** How long the goodbye may take, in milliseconds. */
    private static final int GOODBYE = 50;

    private static final int PORT = 1883;

    private final Wiring wiring;
    private final Secrets secrets;
    private final Executor callers;

    /** @param callers has a thread for each question that goes on at a time */
    public RetainedMessages(Wiring wiring, Secrets secrets, Executor callers) {
        this.wiring = wiring;
        this.secrets = secrets;
        this.callers = callers;
    }

    /**
     * A broker as it is declared.
     *
     * @param uri for example {@code tcp://192.0.2.100:1883}
     * @param secret of a login {@code user:password}
     */
    public record Broker(String uri, Optional<String> secret) {}

    /** What came of it. */
    public sealed interface Answer {}

    /** What each topic keeps; a topic that keeps nothing is not among them. */
    public record Kept(Map<String, String> payloads) implements Answer {
        public Kept {
            payloads = Map.copyOf(payloads);
        }
    }

    /** The broker could not be asked. */
    public record Unreachable(String why) implements Answer {}

    /**
     * What these topics keep.
     *
     * @param quiet how long is waited for a topic that has not come; all the others are there by then, or keep nothing
     */
    public CompletionStage<Answer> of(Broker broker, Set<String> topics, Duration quiet) {
        return CompletableFuture.supplyAsync(() -> asked(broker, topics, quiet), callers);
    }

    private Answer asked(Broker broker, Set<String> topics, Duration quiet) {
        Heard heard = new Heard(topics);
        MqttConnectionOptions options;
        MqttAsyncClient client;
        try {
            options = options(broker, quiet);
            client = new MqttAsyncClient(
                    address(broker), "ridethrough-look-" + UUID.randomUUID(), new MemoryPersistence());
        } catch (MqttException | IllegalArgumentException | Secrets.UnusableSecretException e) {
            return new Unreachable(Said.line(String.valueOf(e.getMessage())));
        }
        try {
            client.setCallback(heard);
            client.connect(options).waitForCompletion(quiet.toMillis());
            client.subscribe(topics.stream()
                            .map(topic -> new MqttSubscription(topic, 1))
                            .toArray(MqttSubscription[]::new))
                    .waitForCompletion(quiet.toMillis());
            heard.await(quiet);
            return heard.lost ? new Unreachable(broker.uri() + ": it hung up") : new Kept(heard.kept);
        } catch (MqttException e) {
            return new Unreachable(broker.uri() + ": " + Said.line(String.valueOf(e.getMessage())));
        } finally {
            leave(client);
        }
    }

    private MqttConnectionOptions options(Broker broker, Duration quiet) throws Secrets.UnusableSecretException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout((int) Math.max(1, quiet.toSeconds()));
        if (broker.secret().isPresent()) {
            String login = secrets.secret(broker.secret().get()).text();
            int colon = login.indexOf(':');
            if (colon < 1) {
                throw new Secrets.UnusableSecretException(
                        "the secret \"" + broker.secret().get() + "\" is not \"user:password\"");
            }
            options.setUserName(login.substring(0, colon));
            options.setPassword(login.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
        }
        return options;
    }

    private String address(Broker broker) {
        URI declared = URI.create(broker.uri());
        InetSocketAddress to = wiring.tcp(declared.getHost(), declared.getPort() > 0 ? declared.getPort() : PORT);
        return "tcp://" + to.getHostString() + ":" + to.getPort();
    }

    private static void leave(MqttAsyncClient client) {
        try {
            client.disconnectForcibly(0, GOODBYE, true);
            client.close(true);
        } catch (MqttException e) {
            // It is left in any case: nothing is lost by it.
        }
    }

    /** What has come so far. */
    private static final class Heard implements MqttCallback {
        private final Map<String, String> kept = new ConcurrentHashMap<>();
        private final Set<String> awaited;
        private final CompletableFuture<Void> all = new CompletableFuture<>();
        private volatile boolean lost;

        Heard(Set<String> topics) {
            this.awaited = ConcurrentHashMap.newKeySet();
            this.awaited.addAll(topics);
        }

        void await(Duration quiet) {
            try {
                all.get(quiet.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // What has not come by now is not kept.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            if (!message.isRetained()) {
                return;
            }
            kept.put(topic, new String(message.getPayload(), StandardCharsets.UTF_8));
            awaited.remove(topic);
            if (awaited.isEmpty()) {
                all.complete(null);
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            lost = true;
            all.complete(null);
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
