package io.ridethrough.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * When each step is expected to run, counted from the start of the run, under the concurrency limits.
 *
 * @param takes from the start to the end of the last step
 * @param criticalPath the chain of steps that decides {@code takes}, first to last
 */
public record Forecast(Duration takes, List<StepId> criticalPath, Map<StepId, Span> spans) {
    public Forecast {
        criticalPath = List.copyOf(criticalPath);
        spans = Map.copyOf(spans);
    }

    /** From when to when a step is expected to run. */
    public record Span(Duration begin, Duration end) {}
}
