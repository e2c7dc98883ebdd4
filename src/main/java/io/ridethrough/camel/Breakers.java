package io.ridethrough.camel;

import io.ridethrough.api.TargetReport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** The circuit breakers of the routes that stand, to be read. Thread-safe. */
public final class Breakers implements TargetReport {
    private final Map<String, HostBreaker> standing = new ConcurrentHashMap<>();
    private final Map<String, Integer> limits = new ConcurrentHashMap<>();

    Breakers() {}

    /** Says how many calls a way sends side by side to one target at most. */
    public void limit(String way, int calls) {
        limits.put(way, calls);
    }

    void add(HostBreaker breaker) {
        standing.put(breaker.name(), breaker);
    }

    /** Leaves one that took its name alone. */
    void remove(HostBreaker breaker) {
        standing.remove(breaker.name(), breaker);
    }

    @Override
    public List<WayState> ways() {
        return standing.values().stream()
                .map(breaker -> breaker.report(way -> {
                    Integer limit = limits.get(way);
                    return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
                }))
                .sorted(Comparator.comparing(WayState::target).thenComparing(WayState::way))
                .toList();
    }
}
