package io.ridethrough.target.mqtt;

import io.ridethrough.target.Said;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.mqtt.BrokerAccess.Broker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
 * Asks something that listens at a broker: subscribes to where it answers, says what is to be said, and waits for the
 * answer. What is said is never retained, and the broker forgets it when the limit is over (MQTT 5, 3.3.2.3.3), so that
 * nobody takes it later. Never throws. Thread-safe.
 */
public final class BrokerTalk {
    /** How long the goodbye may take, in milliseconds. */
    private static final int GOODBYE = 50;
    /** From here on a reason code is a failure (MQTT 5, 2.4). */
    private static final int FAILURE = 0x80;
    /** Nobody has subscribed to what was published (MQTT 5, 3.4.2.1). */
    private static final int NO_SUBSCRIBERS = 0x10;

    private final Wiring wiring;
    private final BrokerAccess access;
    private final Executor callers;

    /** @param callers has a thread for each question that goes on at a time */
    public BrokerTalk(Wiring wiring, BrokerAccess access, Executor callers) {
        this.wiring = wiring;
        this.access = access;
        this.callers = callers;
    }

    /** Something to be said. */
    public record Message(String topic, String payload) {}

    /**
     * A question.
     *
     * @param topics on which it is answered, and those whose retained messages are wanted
     * @param said what asks it, in this order
     * @param isAnswered whether what was told by topic since then is the answer; no retained message is among it
     * @param limit for each of connecting, subscribing, saying and waiting
     */
    public record Question(
            Set<String> topics, List<Message> said, Predicate<Map<String, String>> isAnswered, Duration limit) {
        public Question {
            topics = Set.copyOf(topics);
            said = List.copyOf(said);
        }
    }

    /** What came of it. */
    public sealed interface Answer {}

    /** What was told by topic. */
    public record Answered(Map<String, String> told) implements Answer {
        public Answered {
            told = Map.copyOf(told);
        }
    }

    /**
     * It was said, or may have been, and was not answered.
     *
     * @param told what was told all the same
     * @param kept what the topics keep
     */
    public record Unanswered(Map<String, String> told, Map<String, String> kept, String why) implements Answer {
        public Unanswered {
            told = Map.copyOf(told);
            kept = Map.copyOf(kept);
        }
    }

    /**
     * It was certainly taken by nobody.
     *
     * @param kept what the topics keep, as far as that was told
     */
    public record Unsent(Map<String, String> kept, String why) implements Answer {
        public Unsent {
            kept = Map.copyOf(kept);
        }
    }

    /** Nothing was said, and nothing will be until a person has seen to the login. */
    public record Refused(String why) implements Answer {}

    /** Asks it, in a connection of its own. */
    public CompletionStage<Answer> ask(Broker broker, Question question) {
        return CompletableFuture.supplyAsync(() -> asked(broker, question), callers);
    }

    private Answer asked(Broker broker, Question question) {
        Heard heard = new Heard(question.isAnswered());
        MqttAsyncClient client;
        try {
            client = new MqttAsyncClient(
                    broker.address(wiring), "ridethrough-ask-" + UUID.randomUUID(), new MemoryPersistence());
        } catch (MqttException | IllegalArgumentException e) {
            return new Unsent(Map.of(), why(broker, e));
        }
        try {
            client.setCallback(heard);
            access.connect(broker, question.limit(), options -> client.connect(options)
                    .waitForCompletion(question.limit().toMillis()));
            Optional<Answer> deaf = deaf(client, broker, question);
            return deaf.isPresent() ? deaf.get() : said(client, broker, question, heard);
        } catch (BrokerAccess.NoAccessException e) {
            return new Refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unsent(heard.kept, why(broker, e));
        } catch (Exception e) {
            return new Unsent(heard.kept, why(broker, e));
        } finally {
            leave(client);
        }
    }

    /** Why its answer cannot be listened for, if so. */
    private static Optional<Answer> deaf(MqttAsyncClient client, Broker broker, Question question)
            throws MqttException {
        IMqttToken listens = client.subscribe(question.topics().stream()
                .map(topic -> new MqttSubscription(topic, 1))
                .toArray(MqttSubscription[]::new));
        listens.waitForCompletion(question.limit().toMillis());
        return codes(listens).anyMatch(code -> code >= FAILURE)
                ? Optional.of(
                        new Unsent(Map.of(), broker.uri() + " does not let us listen to all of " + question.topics()))
                : Optional.empty();
    }

    /** From the first word on it may have been taken, unless the broker says that it was not. */
    private static Answer said(MqttAsyncClient client, Broker broker, Question question, Heard heard) {
        try {
            for (Message message : question.said()) {
                IMqttToken token = client.publish(message.topic(), once(message, question.limit()));
                token.waitForCompletion(question.limit().toMillis());
                if (codes(token).anyMatch(code -> code == NO_SUBSCRIBERS)) {
                    return new Unsent(heard.kept, "nobody at " + broker.uri() + " listens to " + message.topic());
                }
                if (codes(token).anyMatch(code -> code >= FAILURE)) {
                    return new Unsent(heard.kept, broker.uri() + " takes nothing from us for " + message.topic());
                }
            }
        } catch (MqttException e) {
            return new Unanswered(heard.told, heard.kept, why(broker, e));
        }
        if (heard.isAnsweredWithin(question.limit())) {
            return new Answered(heard.told);
        }
        return new Unanswered(
                heard.told,
                heard.kept,
                heard.lost
                        ? broker.uri() + " hung up"
                        : "no answer over " + broker.uri() + " in "
                                + Math.max(1, question.limit().toSeconds()) + " s");
    }

    private static MqttMessage once(Message message, Duration limit) {
        MqttMessage once = new MqttMessage(message.payload().getBytes(StandardCharsets.UTF_8));
        once.setQos(1);
        once.setRetained(false);
        MqttProperties properties = new MqttProperties();
        properties.setMessageExpiryInterval(Math.max(1, limit.toSeconds()));
        once.setProperties(properties);
        return once;
    }

    private static IntStream codes(IMqttToken token) {
        int[] codes = token.getReasonCodes();
        return codes == null ? IntStream.empty() : IntStream.of(codes);
    }

    private static String why(Broker broker, Exception e) {
        return broker.uri() + ": " + Said.line(String.valueOf(e.getMessage()));
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
        private final Map<String, String> told = new ConcurrentHashMap<>();
        private final Predicate<Map<String, String>> isAnswered;
        private final CompletableFuture<Boolean> answered = new CompletableFuture<>();
        private volatile boolean lost;

        Heard(Predicate<Map<String, String>> isAnswered) {
            this.isAnswered = isAnswered;
        }

        boolean isAnsweredWithin(Duration limit) {
            try {
                return answered.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            (message.isRetained() ? kept : told).put(topic, new String(message.getPayload(), StandardCharsets.UTF_8));
            if (isAnswered.test(told)) {
                answered.complete(true);
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            lost = true;
            answered.complete(false);
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
