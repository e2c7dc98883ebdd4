package io.ridethrough.power;

import java.time.Duration;

/** Times in reasons, always in whole seconds, so that they can be compared at a glance. */
final class Say {
    private Say() {}

    static String seconds(long nanos) {
        return seconds(Duration.ofNanos(nanos));
    }

    static String seconds(Duration time) {
        return time.isZero() || time.toSeconds() > 0 ? time.toSeconds() + " s" : "under 1 s";
    }
}
