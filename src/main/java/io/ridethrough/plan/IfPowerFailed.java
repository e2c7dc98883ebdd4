package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What would happen if power failed now: when what goes, what would be lost, and what to shed so that less is. Times count
 * from the failure.
 *
 * @param early what is shed before the shutdown begins
 * @param begins when the shutdown begins: once the outage has been waited out, or at its latest start where that is earlier
 * @param ends when the last step has ended by forecast
 * @param battery when the battery is empty
 * @param goes what is stopped or powered off, as it is expected
 * @param lost what is not down by then
 * @param shed what shortens it most if it were down already, one after the other, until all is down in time
 */
public record IfPowerFailed(
        List<Early> early,
        Duration begins,
        Duration ends,
        Duration battery,
        List<Going> goes,
        List<AssetId> lost,
        List<Shed> shed) {
    private static final int MOST_SHED = 8;
    /** What takes nothing down. */
    private static final Set<Verb> UNTOLD = EnumSet.of(Verb.SEAL, Verb.GATE);

    public IfPowerFailed {
        early = List.copyOf(early);
        goes = List.copyOf(goes);
        lost = List.copyOf(lost);
        shed = List.copyOf(shed);
    }

    /** A declared group of guests, and when the outage sheds it. */
    public record Early(String group, List<AssetId> guests, Duration at) {
        public Early {
            guests = List.copyOf(guests);
        }
    }

    /**
     * An asset that goes.
     *
     * @param samples how often that was measured
     */
    public record Going(AssetId asset, Verb verb, Duration begin, Duration end, int samples) {}

    /** A guest, and how much sooner all is down without it and those before it in the list. */
    public record Shed(AssetId asset, Duration saves) {}

    /**
     * Thinks a shutdown through. Pure.
     *
     * @param plan a shutdown, with a forecast by the same experience
     * @param early what the site sheds, where it gets so far
     * @param waits how long an outage is waited out
     * @param reserve what the battery keeps beyond the shutdown
     */
    public static IfPowerFailed of(
            Plan plan,
            Contracts contracts,
            Experience experience,
            List<Early> early,
            Duration waits,
            Duration battery,
            Duration reserve) {
        Forecast forecast = plan.forecast();
        Duration latest = battery.minus(forecast.takes()).minus(reserve);
        Duration begins = latest.compareTo(waits) >= 0 ? waits : latest.isNegative() ? Duration.ZERO : latest;
        List<Early> before =
                early.stream().filter(one -> one.at().compareTo(begins) < 0).toList();
        Set<AssetId> gone =
                before.stream().flatMap(one -> one.guests().stream()).collect(Collectors.toSet());
        List<Going> goes = new ArrayList<>();
        for (Step step : plan.steps()) {
            Forecast.Span span = forecast.spans().get(step.id());
            if (span != null
                    && step.asset().filter(asset -> !gone.contains(asset)).isPresent()
                    && !UNTOLD.contains(step.verb())) {
                goes.add(new Going(
                        step.asset().get(),
                        step.verb(),
                        begins.plus(span.begin()),
                        begins.plus(span.end()),
                        experience.samples(step)));
            }
        }
        goes.sort(Comparator.comparing(Going::begin).thenComparing(Going::end).thenComparing(Going::asset));
        List<AssetId> lost = goes.stream()
                .filter(going -> going.end().compareTo(battery) > 0)
                .map(Going::asset)
                .distinct()
                .toList();
        List<Shed> shed = lost.isEmpty() ? List.of() : shed(plan, contracts, experience, battery.minus(begins));
        return new IfPowerFailed(before, begins, begins.plus(forecast.takes()), battery, goes, lost, shed);
    }

    private static List<Shed> shed(Plan plan, Contracts contracts, Experience experience, Duration time) {
        Map<AssetId, Asset> assets =
                Relations.of(contracts, plan.intent().trigger()).assets();
        List<Step> steps = new ArrayList<>(plan.steps().stream()
                .map(step -> step.lasting(experience.expected(step)))
                .toList());
        List<Shed> shed = new ArrayList<>();
        Duration takes = new Forecasting(assets, steps).forecast().takes();
        while (takes.compareTo(time) > 0 && shed.size() < MOST_SHED) {
            int best = -1;
            Duration least = takes;
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                if (guest(step, contracts).isPresent() && !step.expected().isZero()) {
                    List<Step> without = new ArrayList<>(steps);
                    without.set(i, step.lasting(Duration.ZERO));
                    Duration left = new Forecasting(assets, without).forecast().takes();
                    if (left.compareTo(least) < 0) {
                        best = i;
                        least = left;
                    }
                }
            }
            if (best < 0) {
                return shed;
            }
            shed.add(new Shed(steps.get(best).asset().orElseThrow(), takes.minus(least)));
            steps.set(best, steps.get(best).lasting(Duration.ZERO));
            takes = least;
        }
        return shed;
    }

    private static Optional<AssetId> guest(Step step, Contracts contracts) {
        return step.asset()
                .filter(asset ->
                        step.verb() == Verb.SHUT_DOWN && contracts.assets().get(asset) instanceof Guest);
    }
}
