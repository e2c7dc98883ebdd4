package io.ridethrough.power;

import java.time.Duration;

/**
 * What an evaluation came to.
 *
 * @param topic what makes it news: a decision on the same topic was reported already
 */
record Verdict(String topic, Decision decision) {
    static Verdict holding(String topic, long nanos, String reason) {
        return new Verdict(topic, new Decision.Holding(Duration.ofNanos(nanos), reason));
    }

    static Verdict nothing(String topic, String reason) {
        return new Verdict(topic, new Decision.Nothing(reason));
    }
}
