package io.ridethrough.api;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ridethrough.standard.Found;
import io.ridethrough.standard.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The last findings of every control at every asset as Prometheus gauges. Thread-safe; evaluates nothing. */
final class StandardMetrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MultiGauge findings = gauge(
            "ridethrough.standard.finding", "1 for what was last found of the control at the asset, else not there");
    private final MultiGauge scores =
            gauge("ridethrough.standard.score.ratio", "How much of the standard holds in a domain of a site, 0 to 1");
    private final MultiGauge evaluated =
            gauge("ridethrough.standard.evaluated.timestamp.seconds", "When the site was last evaluated, Unix time");

    private MultiGauge gauge(String name, String what) {
        return MultiGauge.builder(name).description(what).register(registry);
    }

    /** Those reports; what is in none of them is gone. */
    synchronized String text(List<Report> reports) {
        findings.register(
                reports.stream()
                        .flatMap(report -> report.found().stream())
                        .<Row<?>>map(found -> Row.of(tags(found), 1))
                        .toList(),
                true);
        scores.register(
                reports.stream()
                        .flatMap(report -> report.scores().entrySet().stream()
                                .<Row<?>>map(score -> Row.of(tags(report, score), score.getValue() / 100.0)))
                        .toList(),
                true);
        evaluated.register(
                reports.stream()
                        .<Row<?>>map(report -> Row.of(
                                Tags.of("site", report.site().value()),
                                report.at().toEpochMilli() / 1000.0))
                        .toList(),
                true);
        return registry.scrape();
    }

    private static Tags tags(Report report, Map.Entry<String, Integer> score) {
        return Tags.of("site", report.site().value(), "domain", score.getKey());
    }

    private static Tags tags(Found found) {
        return Tags.of(
                "site", found.subject().site().id().value(),
                "asset", found.subject().name(),
                "control", found.control().id(),
                "severity", found.control().severity().name().toLowerCase(Locale.ROOT),
                "finding", found.finding().word());
    }
}
