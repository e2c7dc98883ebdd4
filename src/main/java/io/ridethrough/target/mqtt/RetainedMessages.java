package io.ridethrough.target.mqtt;

import io.ridethrough.target.Said;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.mqtt.BrokerAccess.Broker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
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

    private final Wiring wiring;
    private final BrokerAccess access;
    private final Executor callers;

    /** @param callers has a thread for each question that goes on at a time */
    public RetainedMessages(Wiring wiring, BrokerAccess access, Executor callers) {
        this.wiring = wiring;
        this.access = access;
        this.callers = callers;
    }

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
        MqttAsyncClient client;
        try {
            client = new MqttAsyncClient(
                    broker.address(wiring), "ridethrough-look-" + UUID.randomUUID(), new MemoryPersistence());
        } catch (MqttException | IllegalArgumentException e) {
            return unreachable(broker, e);
        }
        try {
            client.setCallback(heard);
            access.connect(broker, quiet, options -> client.connect(options).waitForCompletion(quiet.toMillis()));
            client.subscribe(topics.stream()
                            .map(topic -> new MqttSubscription(topic, 1))
                            .toArray(MqttSubscription[]::new))
                    .waitForCompletion(quiet.toMillis());
            heard.await(quiet);
            return heard.lost ? new Unreachable(broker.uri() + ": it hung up") : new Kept(heard.kept);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable(broker, e);
        } catch (Exception e) {
            return unreachable(broker, e);
        } finally {
            leave(client);
        }
    }

    private static Answer unreachable(Broker broker, Exception why) {
        return new Unreachable(broker.uri() + ": " + Said.line(String.valueOf(why.getMessage())));
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
