package io.ridethrough.target;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Logins that far sides refused. A refused one is not shown there again until it says something else or its pause is
 * over: 1 min, then twice as long after each further refusal, 10 min at most. So it is shown four times in ten minutes
 * at most, one less than fail2ban's usual limit (its jail.conf: maxretry 5, findtime 10m), and whoever mends the far side
 * waits for ten minutes at most (R25). Thread-safe.
 */
public final class LoginPauses {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final double speed;
    private final Map<String, Refused> refused = new ConcurrentHashMap<>();

    /** @param pause in nanoseconds of the clock, from {@code at} on */
    private record Refused(Secret login, String why, long at, long pause) {}

    /**
     * @param nanos a monotonic clock
     * @param speed how many times faster than the real world the far sides run; 1 in service
     */
    public LoginPauses(LongSupplier nanos, double speed) {
        this.nanos = nanos;
        this.speed = speed;
    }

    /**
     * Why that login may not be shown now; empty when it may.
     *
     * @param place where, and as whom or by which secret: each has a pause of its own
     */
    public Optional<String> bars(String place, Secret login) {
        Refused last = refused.get(place);
        if (last == null || !same(last.login(), login)) {
            return Optional.empty();
        }
        long left = last.pause() - (nanos.getAsLong() - last.at());
        return left <= 0
                ? Optional.empty()
                : Optional.of(last.why() + "; not shown again within " + Math.round(last.pause() * speed / 1e9)
                        + " s of that unless it is replaced, since who goes on trying is locked out");
    }

    /** That login was refused there; {@code why} is told for as long as it rests. */
    public void refused(String place, Secret login, String why) {
        refused.compute(place, (key, last) -> {
            long pause = last == null || !same(last.login(), login)
                    ? scaled(FIRST)
                    : Math.min(2 * last.pause(), scaled(LONGEST));
            return new Refused(login, why, nanos.getAsLong(), pause);
        });
    }

    /** A login was accepted there: what was refused before no longer counts. */
    public void accepted(String place) {
        refused.remove(place);
    }

    private long scaled(Duration pause) {
        return (long) (pause.toNanos() / speed);
    }

    private static boolean same(Secret one, Secret other) {
        return Arrays.equals(one.bytes(), other.bytes());
    }
}
