package io.ridethrough.target.mqtt;

import io.ridethrough.target.Wiring;
import io.ridethrough.target.mqtt.BrokerAccess.Broker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reads retained messages. A broker sends them once it has acknowledged the subscription (MQTT 5, 3.3.1.3), so that a
 * topic of which nothing comes while others wait keeps nothing; how long others are waited for is bounded. Never throws.
 * Thread-safe.
 */
public final class RetainedMessages {
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
        try (BrokerVisit visit =
                new BrokerVisit(broker, wiring, "look", so -> so.kept().keySet().containsAll(topics))) {
            if (!visit.listens(access, topics, quiet)) {
                return new Unreachable(broker.uri() + " does not let us listen to all of " + topics);
            }
            boolean isAll = visit.isEnoughWithin(quiet);
            return visit.isLost() && !isAll ? new Unreachable(broker.uri() + ": it hung up") : new Kept(visit.kept());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unreachable(BrokerVisit.why(broker, e));
        } catch (Exception e) {
            return new Unreachable(BrokerVisit.why(broker, e));
        }
    }
}
