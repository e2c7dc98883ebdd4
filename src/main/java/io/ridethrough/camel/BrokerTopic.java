package io.ridethrough.camel;

import io.ridethrough.target.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * A message of ours that a site's broker retains. Connected for each asking and each telling, so that a broker that comes
 * and goes is nothing to look after, and the login is read anew each time and not kept.
 *
 * @param site for people
 * @param broker where it really is
 * @param secret the name of the secret {@code user:password}, if the broker wants one
 */
record BrokerTopic(String site, String broker, String topic, Optional<String> secret, Secrets secrets) {
    private static final long PATIENCE = 5_000;
    /** A retained message follows the acknowledgement of the subscription at once (MQTT 5, 3.8.4). */
    private static final long RETAINED_WITHIN = 1_000;

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
                broker,
                "ridethrough-" + ProcessHandle.current().pid() + "-" + Integer.toHexString(topic.hashCode()),
                new MemoryPersistence());
        client.setCallback(heard);
        try {
            client.connect(options()).waitForCompletion(PATIENCE);
            return talk.with(client);
        } finally {
            client.disconnectForcibly(0, PATIENCE / 10, true);
            client.close();
        }
    }

    private MqttConnectionOptions options() throws Secrets.UnusableSecretException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setConnectionTimeout((int) TimeUnit.MILLISECONDS.toSeconds(PATIENCE));
        if (secret.isPresent()) {
            String login = secrets.secret(secret.get()).text();
            int colon = login.indexOf(':');
            if (colon < 1) {
                throw new Secrets.UnusableSecretException(
                        "the secret \"" + secret.get() + "\" is not \"user:password\" on one line");
            }
            options.setUserName(login.substring(0, colon));
            options.setPassword(login.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
        }
        return options;
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
