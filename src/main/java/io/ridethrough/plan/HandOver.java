package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The end of a plan that takes down what its own orchestrator hangs on: which machine is told when it goes off (R30).
 *
 * @param seal the step at which all of them are told
 * @param hops the machines and the UPSes, those that go off last first: in this order they are told; our own is the last
 */
public record HandOver(Step seal, List<Hop> hops) {
    /** All machines but our own are told within this time. */
    public static final Duration SENDING = Duration.ofSeconds(30);

    /** From when our own machine is told until it goes off: as long it can be called back. */
    public static final Duration LEAD = Duration.ofSeconds(15);

    /** How much later than expected a machine may be off before the next one begins to go. */
    public static final Duration MARGIN = Duration.ofSeconds(30);

    /**
     * One machine.
     *
     * @param step the step that is settled by its end
     * @param delay from the moment it is told
     */
    public record Hop(Step step, AssetId machine, Duration delay) {}

    public HandOver {
        hops = List.copyOf(hops);
    }

    /** The machine that carries the orchestrator. */
    public AssetId own() {
        return seal.asset().orElseThrow();
    }

    /** The hop of our own machine. */
    public Hop last() {
        return hops.get(hops.size() - 1);
    }

    /** What a plan hands over, if it does. */
    public static Optional<HandOver> of(Plan plan) {
        return of(plan.steps(), plan.forecast());
    }

    static Optional<HandOver> of(List<Step> steps, Forecast forecast) {
        Optional<Step> seal =
                steps.stream().filter(step -> step.verb() == Verb.SEAL).findFirst();
        return seal.map(found -> new HandOver(found, hops(found, steps, forecast)));
    }

    private static List<Hop> hops(Step seal, List<Step> steps, Forecast forecast) {
        List<Hop> hops = new ArrayList<>();
        for (Step step : steps) {
            if (step.verb() == Verb.HAND_OVER || step.verb() == Verb.CUT_OFF) {
                boolean own = step.asset().equals(seal.asset());
                Duration later = begin(step, forecast).minus(begin(seal, forecast));
                hops.add(new Hop(step, step.asset().orElseThrow(), own ? LEAD : later));
            }
        }
        hops.sort(Comparator.comparing(Hop::delay).reversed());
        return hops;
    }

    private static Duration begin(Step step, Forecast forecast) {
        return Optional.ofNullable(forecast.spans().get(step.id()))
                .orElseThrow()
                .begin();
    }
}
