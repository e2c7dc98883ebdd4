package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long earlier runs of one kind took for what they did to each asset (R41). From 20 samples on the 95th percentile is
 * expected; with fewer the worst that was seen, and never less than is declared. Immutable.
 */
public final class Experience {
    static final int ENOUGH = 20;

    /** What was done to which asset. */
    public record Did(AssetId asset, Verb verb) {}

    private final Map<Did, List<Duration>> samples;

    /** @param samples how long each took, in any order */
    public Experience(Map<Did, List<Duration>> samples) {
        Map<Did, List<Duration>> sorted = new HashMap<>();
        samples.forEach((did, took) -> sorted.put(did, took.stream().sorted().toList()));
        this.samples = Map.copyOf(sorted);
    }

    /** Nothing ran yet. */
    public static Experience none() {
        return new Experience(Map.of());
    }

    /** How often that was measured. */
    public int samples(Step step) {
        return of(step).size();
    }

    /** How long the step is expected to take. */
    public Duration expected(Step step) {
        List<Duration> took = of(step);
        if (took.size() >= ENOUGH) {
            return took.get((int) Math.ceil(took.size() * 0.95) - 1);
        }
        Duration worst = took.isEmpty() ? Duration.ZERO : took.get(took.size() - 1);
        return worst.compareTo(step.expected()) > 0 ? worst : step.expected();
    }

    private List<Duration> of(Step step) {
        return step.asset()
                .map(asset -> samples.getOrDefault(new Did(asset, step.verb()), List.of()))
                .orElse(List.of());
    }
}
