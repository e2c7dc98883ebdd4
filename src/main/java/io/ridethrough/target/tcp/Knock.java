package io.ridethrough.target.tcp;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Tries one TCP connect and closes it at once. Never fails. Thread-safe. */
@FunctionalInterface
public interface Knock {
    /** Completes within {@code limit}. */
    CompletionStage<Heard> knock(String host, int port, Duration limit);

    /** What was heard, and in whose words. */
    record Heard(Sign sign, String why) {}

    /** What a connect tells. */
    enum Sign {
        /** Something listens. */
        ACCEPTED,
        /** The host, or one on the way, said no. */
        REFUSED,
        /** Nobody said anything in time, or nobody is at that address of the network. */
        UNANSWERED,
        /** We could not ask: no address, no network of our own, not allowed. Tells nothing of the host. */
        BLIND
    }
}
