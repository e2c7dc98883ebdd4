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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
 * One connection to a broker, for one question: what comes on its topics is collected until it is enough. Nothing waits
 * for longer than its limit. Visited by one thread; closed once.
 */
final class BrokerVisit implements AutoCloseable {
    /** How long the goodbye may take, in milliseconds. */
    private static final int GOODBYE = 50;
    /** From here on a reason code is a failure (MQTT 5, 2.4). */
    static final int FAILURE = 0x80;

    private final Broker broker;
    private final MqttAsyncClient client;
    private final Heard heard;

    /**
     * @param purpose what our name at the broker says
     * @param isEnough whether there is nothing more to wait for; asked after each message
     * @throws MqttException when there is no such address
     */
    BrokerVisit(Broker broker, Wiring wiring, String purpose, Predicate<BrokerVisit> isEnough) throws MqttException {
        this.broker = broker;
        this.client = new MqttAsyncClient(
                broker.address(wiring), "ridethrough-" + purpose + "-" + UUID.randomUUID(), new MemoryPersistence());
        this.heard = new Heard(() -> isEnough.test(this));
        client.setCallback(heard);
    }

    /** Why a connection, or the answer over it, did not come about, for people. */
    static String why(Broker broker, Exception trouble) {
        return broker.uri() + ": " + Said.line(String.valueOf(trouble.getMessage()));
    }

    /**
     * Connects and listens.
     *
     * @param limit for either
     * @return whether the broker lets us listen to all of them
     * @throws BrokerAccess.NoAccessException when a person must see to the login or the certificate
     * @throws Exception when it cannot be reached, or does not answer in time
     */
    boolean listens(BrokerAccess access, Set<String> topics, Duration limit) throws Exception {
        access.connect(broker, limit, options -> client.connect(options).waitForCompletion(limit.toMillis()));
        IMqttToken listens = client.subscribe(
                topics.stream().map(topic -> new MqttSubscription(topic, 1)).toArray(MqttSubscription[]::new));
        listens.waitForCompletion(limit.toMillis());
        return codes(listens).noneMatch(code -> code >= FAILURE);
    }

    /** Says it; the broker's reason codes, once it has answered. */
    IntStream says(String topic, MqttMessage message, Duration limit) throws MqttException {
        IMqttToken token = client.publish(topic, message);
        token.waitForCompletion(limit.toMillis());
        return codes(token);
    }

    private static IntStream codes(IMqttToken token) {
        int[] codes = token.getReasonCodes();
        return codes == null ? IntStream.empty() : IntStream.of(codes);
    }

    /** What the topics had kept, as far as it has come. */
    Map<String, String> kept() {
        return Map.copyOf(heard.kept);
    }

    /** What was said on the topics since. */
    Map<String, String> told() {
        return Map.copyOf(heard.told);
    }

    /** Whether the broker hung up on us. */
    boolean isLost() {
        return heard.lost;
    }

    /** Waits until it is enough; false when it was not within that limit. */
    boolean isEnoughWithin(Duration limit) {
        try {
            return heard.enough.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
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
        private final Map<String, String> told = new ConcurrentHashMap<>();
        private final BooleanSupplier isEnough;
        private final CompletableFuture<Boolean> enough = new CompletableFuture<>();
        private volatile boolean lost;

        Heard(BooleanSupplier isEnough) {
            this.isEnough = isEnough;
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            (message.isRetained() ? kept : told).put(topic, new String(message.getPayload(), StandardCharsets.UTF_8));
            if (isEnough.getAsBoolean()) {
                enough.complete(true);
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            lost = true;
            enough.complete(false);
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
