package io.ridethrough.target.mqtt;

import io.ridethrough.target.Wiring;
import io.ridethrough.target.mqtt.BrokerAccess.Broker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Asks something that listens at a broker: subscribes to where it answers, says what is to be said, and waits for the
 * answer. What is said is never retained, and the broker forgets it when the limit is over (MQTT 5, 3.3.2.3.3), so that
 * nobody takes it later. Never throws. Thread-safe.
 */
public final class BrokerTalk {
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
        Map<String, String> kept = Map.of();
        try (BrokerVisit visit = new BrokerVisit(
                broker, wiring, "ask", so -> question.isAnswered().test(so.told()))) {
            try {
                return visit.listens(access, question.topics(), question.limit())
                        ? said(visit, broker, question)
                        : new Unsent(Map.of(), broker.uri() + " does not let us listen to all of " + question.topics());
            } catch (MqttException e) {
                kept = visit.kept();
                throw e;
            }
        } catch (BrokerAccess.NoAccessException e) {
            return new Refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unsent(kept, BrokerVisit.why(broker, e));
        } catch (Exception e) {
            return new Unsent(kept, BrokerVisit.why(broker, e));
        }
    }

    /** From the first word on it may have been taken, unless the broker says that it was not. */
    private static Answer said(BrokerVisit visit, Broker broker, Question question) {
        try {
            for (Message message : question.said()) {
                int code = visit.says(message.topic(), once(message, question.limit()), question.limit())
                        .max()
                        .orElse(0);
                if (code == NO_SUBSCRIBERS) {
                    return new Unsent(visit.kept(), "nobody at " + broker.uri() + " listens to " + message.topic());
                }
                if (code >= BrokerVisit.FAILURE) {
                    return new Unsent(visit.kept(), broker.uri() + " takes nothing from us for " + message.topic());
                }
            }
        } catch (MqttException e) {
            return new Unanswered(visit.told(), visit.kept(), BrokerVisit.why(broker, e));
        }
        if (visit.isEnoughWithin(question.limit())) {
            return new Answered(visit.told());
        }
        return new Unanswered(
                visit.told(),
                visit.kept(),
                visit.isLost()
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
}
