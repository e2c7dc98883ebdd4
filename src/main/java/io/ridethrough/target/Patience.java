package io.ridethrough.target;

import java.time.Duration;

/**
 * How long a declared limit is waited for, where the targets run {@code speed} times faster than the real world. In
 * service, at speed 1, it is the limit itself. In a lab whose time is fast its part of it, but not less than our own
 * machine needs for an answer, however fast the time.
 *
 * @param speed 1 or more
 * @param least by the clock on the wall
 */
public record Patience(double speed, Duration least) {
    /** Long enough for a machine that is slow for a moment, short enough that what keeps silent is soon known. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    /** For an answer. */
    public static Patience at(double speed) {
        return new Patience(speed, LEAST);
    }

    /** For a connection to stand; less than for an answer, so that what was certainly not sent is known as that. */
    public static Patience toConnectAt(double speed) {
        return new Patience(speed, LEAST.dividedBy(2));
    }

    /** In the time of the targets: at least that limit. */
    public Duration ofTargets(Duration limit) {
        Duration enough = Duration.ofNanos((long) (least.toNanos() * speed));
        return speed > 1 && limit.compareTo(enough) < 0 ? enough : limit;
    }

    /** By the clock on the wall. */
    public Duration onTheWall(Duration limit) {
        return Duration.ofNanos((long) (ofTargets(limit).toNanos() / speed));
    }
}
