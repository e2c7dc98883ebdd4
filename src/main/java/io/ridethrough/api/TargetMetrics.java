package io.ridethrough.api;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The ways to the targets as Prometheus gauges, labelled site, target and way. Thread-safe. */
final class TargetMetrics {
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final TargetReport targets;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MultiGauge states = gauge(
            "ridethrough.target.breaker.state", "1 for the state that the circuit breaker of the way is in, else 0");
    private final MultiGauge inFlight =
            gauge("ridethrough.target.calls.in.flight", "Calls that were sent and have not come back");
    private final MultiGauge limits = gauge("ridethrough.target.calls.limit", "How many calls go side by side at most");
    private final MultiGauge answers =
            gauge("ridethrough.target.last.answer.timestamp.seconds", "When the way last answered, Unix time");
    private final MultiGauge troubles =
            gauge("ridethrough.target.last.error.timestamp.seconds", "When the way was last in trouble, Unix time");

    TargetMetrics(TargetReport targets) {
        this.targets = targets;
    }

    private MultiGauge gauge(String name, String what) {
        return MultiGauge.builder(name).description(what).register(registry);
    }

    /** As it stands now; ways that are gone are not in it. */
    synchronized String text() {
        List<TargetReport.WayState> ways = targets.ways();
        states.register(
                ways.stream()
                        .flatMap(way -> Stream.of(TargetReport.State.values())
                                .map(state ->
                                        Row.of(tags(way).and("state", state.word()), way.state() == state ? 1 : 0)))
                        .toList(),
                true);
        put(inFlight, ways, way -> Optional.of(way.inFlight()));
        put(
                limits,
                ways,
                way -> way.limit().isPresent() ? Optional.of(way.limit().getAsInt()) : Optional.empty());
        put(answers, ways, way -> way.lastAnswer().map(TargetMetrics::seconds));
        put(troubles, ways, way -> way.lastTrouble()
                .map(TargetReport.Trouble::at)
                .map(TargetMetrics::seconds));
        return registry.scrape();
    }

    private static void put(
            MultiGauge gauge,
            List<TargetReport.WayState> ways,
            Function<TargetReport.WayState, Optional<? extends Number>> value) {
        gauge.register(
                ways.stream()
                        .<Row<?>>flatMap(way -> value.apply(way).map(number -> Row.of(tags(way), number)).stream())
                        .toList(),
                true);
    }

    private static Tags tags(TargetReport.WayState way) {
        return Tags.of("site", way.site(), "target", way.target(), "way", way.way());
    }

    private static Number seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }
}
