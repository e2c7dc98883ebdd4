package io.ridethrough.realparts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
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

/** An MQTT 5 client that hears everything, each message with its retain flag as it was published. */
public final class RawMqtt implements AutoCloseable {
    private static final long PATIENCE = 20_000;

    /** What was heard. */
    public record Message(String topic, String payload, boolean retain) {}

    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final MqttAsyncClient client;

    private RawMqtt(String uri) throws MqttException {
        client = new MqttAsyncClient(uri, "raw-" + UUID.randomUUID(), new MemoryPersistence());
        client.setCallback(new Ear());
        client.connect(new MqttConnectionOptions()).waitForCompletion(PATIENCE);
        MqttSubscription everything = new MqttSubscription("#", 1);
        everything.setRetainAsPublished(true);
        client.subscribe(new MqttSubscription[] {everything}).waitForCompletion(PATIENCE);
    }

    /** Listens when this returns. */
    public static RawMqtt listening(String uri) throws MqttException {
        return new RawMqtt(uri);
    }

    /** What it has heard so far. */
    public List<Message> heard() {
        return List.copyOf(heard);
    }

    /** All that the broker had for it before now: a mark of its own comes behind it. */
    public List<Message> all() throws MqttException {
        String mark = "mark/" + UUID.randomUUID();
        client.publish(mark, new byte[] {1}, 1, false).waitForCompletion(PATIENCE);
        Until.holds(
                () -> heard.stream().anyMatch(one -> one.topic().equals(mark)),
                Duration.ofMillis(PATIENCE),
                () -> "the mark, behind " + heard);
        return heard.stream().filter(one -> !one.topic().startsWith("mark/")).toList();
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 50, true);
        client.close(true);
    }

    private final class Ear implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            heard.add(
                    new Message(topic, new String(message.getPayload(), StandardCharsets.UTF_8), message.isRetained()));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

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
