package io.ridethrough.camel;

import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Ups;
import io.ridethrough.target.mqtt.BrokerAccess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * A message of ours that a site's broker retains. Connected for each asking and each telling, so that a broker that comes
 * and goes is nothing to look after.
 *
 * @param site for people
 * @param address where the broker really is
 */
record BrokerTopic(String site, String address, String topic, BrokerAccess.Broker broker, BrokerAccess access) {
    private static final long PATIENCE = 5_000;
    /** A retained message follows the acknowledgement of the subscription at once (MQTT 5, 3.8.4). */
    private static final long RETAINED_WITHIN = 1_000;

    /** A topic at a broker that tells of a UPS of that site. */
    static BrokerTopic of(SiteId site, Ups.MqttSource source, String topic, PowerSources sources) {
        return new BrokerTopic(
                site.value(), sources.address(source), topic, BrokerAccess.Broker.of(source), sources.brokers());
    }

    /** For people. */
    String name() {
        return "broker of " + site + ", topic " + topic;
    }

    /**
     * What is retained there; nothing where nothing is.
     *
     * @throws Exception when it cannot be asked
     */
    Optional<String> retained() throws Exception {
        Heard heard = new Heard();
        return connected(heard, client -> {
            client.subscribe(topic, 1).waitForCompletion(PATIENCE);
            return Optional.ofNullable(heard.messages.poll(RETAINED_WITHIN, TimeUnit.MILLISECONDS))
                    .filter(payload -> payload.length > 0)
                    .map(payload -> new String(payload, StandardCharsets.UTF_8));
        });
    }

    /**
     * Has it retain that text; it is there when this returns.
     *
     * @throws Exception when it could not be told
     */
    void retain(String text) throws Exception {
        var unused = connected(new Heard(), client -> {
            client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, true)
                    .waitForCompletion(PATIENCE);
            return true;
        });
    }

    /** What is done with a connection. */
    private interface Talk<T> {
        T with(MqttAsyncClient client) throws Exception;
    }

    private <T> T connected(Heard heard, Talk<T> talk) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(
                address,
                "ridethrough-" + ProcessHandle.current().pid() + "-" + Integer.toHexString(topic.hashCode()),
                new MemoryPersistence());
        client.setCallback(heard);
        try {
            access.connect(broker, Duration.ofMillis(PATIENCE), options -> client.connect(options)
                    .waitForCompletion(PATIENCE));
            return talk.with(client);
        } finally {
            client.disconnectForcibly(0, PATIENCE / 10, true);
            client.close();
        }
    }

    /** Takes what comes. */
    private static final class Heard implements MqttCallback {
        private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            messages.add(message.getPayload());
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            // whoever waits for an answer finds out
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            // whoever waits for an answer finds out
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // waited for where it is sent
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // waited for where it is asked
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // no broker is asked for that
        }
    }
}
