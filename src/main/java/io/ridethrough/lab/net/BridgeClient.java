package io.ridethrough.lab.net;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT side of a simulated bridge. It reconnects for ever; what was last said on each retained topic is said again
 * after a reconnect, as bridges do, and what was said while the broker was away is lost. What it listens to it subscribes to
 * anew then.
 */
final class BridgeClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeClient.class);

    private final MqttAsyncClient client;
    private final Map<String, UpsForm.Message> retained = new LinkedHashMap<>();
    private final Set<String> listens;

    /** What the broker says of it, retained, once it is gone without a word. */
    record Will(String topic, String payload) {}

    /** One that listens to nothing. */
    BridgeClient(String uri, String clientId, Optional<Will> last) {
        this(uri, clientId, last, Set.of(), (topic, payload) -> {});
    }

    /**
     * Connects, and listens.
     *
     * @param heard is told topic and payload, on the client's own thread
     */
    BridgeClient(
            String uri, String clientId, Optional<Will> last, Set<String> listens, BiConsumer<String, String> heard) {
        this.listens = Set.copyOf(listens);
        try {
            client = new MqttAsyncClient(uri, clientId, new MemoryPersistence());
            MqttConnectionOptions options = new MqttConnectionOptions();
            options.setCleanStart(true);
            options.setAutomaticReconnect(true);
            options.setAutomaticReconnectDelay(1, 2);
            last.ifPresent(one -> {
                MqttMessage will = new MqttMessage(one.payload().getBytes(StandardCharsets.UTF_8));
                will.setQos(1);
                will.setRetained(true);
                options.setWill(one.topic(), will);
            });
            client.setCallback(new Reconnected(this::again, heard));
            client.connect(options).waitForCompletion(10_000);
            for (String topic : this.listens) {
                client.subscribe(topic, 1).waitForCompletion(10_000);
            }
        } catch (MqttException e) {
            throw new IllegalStateException("the lab's bridge cannot reach its broker at " + uri, e);
        }
    }

    synchronized void publish(List<UpsForm.Message> messages) {
        for (UpsForm.Message message : messages) {
            if (message.retained()) {
                retained.put(message.topic(), message);
            }
            send(message);
        }
    }

    private synchronized void again() {
        try {
            for (String topic : listens) {
                client.subscribe(topic, 1);
            }
        } catch (MqttException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("lab: a subscription was lost");
        }
        retained.values().forEach(this::send);
    }

    private void send(UpsForm.Message message) {
        if (!client.isConnected()) {
            return;
        }
        try {
            client.publish(
                    message.topic(),
                    message.payload().getBytes(StandardCharsets.UTF_8),
                    message.qos(),
                    message.retained());
        } catch (MqttException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("lab: a reading was lost");
        }
    }

    @Override
    public void close() {
        leave(true);
    }

    /** Goes without a word, so that the broker tells its last will. */
    void vanish() {
        leave(false);
    }

    private void leave(boolean saysSo) {
        try {
            client.disconnectForcibly(0, 50, saysSo);
            client.close();
        } catch (MqttException e) {
            LOG.atDebug().setCause(e).log("lab: a bridge left badly");
        }
    }
}
