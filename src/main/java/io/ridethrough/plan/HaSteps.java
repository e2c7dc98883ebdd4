package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * What is done about high availability where a whole cluster goes off and comes back (R22, R23, R40): it lets go before
 * the first guest stops, since a cluster that loses its quorum while it is armed resets the nodes that are left; it takes
 * up again once the nodes are back and the run's own starts are over.
 */
final class HaSteps {
    private final Contracts contracts;
    private final Choices choices;

    /** A step that is still to be placed. */
    record Draft(StepId id, Verb verb, AssetId at, NavigableSet<StepId> needs) {}

    HaSteps(Contracts contracts, Choices choices) {
        this.contracts = contracts;
        this.choices = choices;
    }

    /** The steps of the phase, and those about high availability beside them. */
    List<Step> beside(Phase phase, List<Step> drafted, BiFunction<Draft, Phase, Step> placed) {
        List<Step> all = new ArrayList<>(drafted);
        for (Cluster cluster : Cluster.of(contracts)) {
            if (phase == Phase.SHUTDOWN && goesOff(cluster)) {
                Step off = placed.apply(
                        new Draft(
                                cluster.step(phase),
                                Verb.HA_OFF,
                                cluster.nodes().first(),
                                new TreeSet<>()),
                        phase);
                all.replaceAll(step -> isOf(cluster, step) ? step.after(off.id()) : step);
                all.add(0, off);
            }
            if (phase == comesBackIn()) {
                back(cluster, phase, drafted).ifPresent(draft -> all.add(placed.apply(draft, phase)));
            }
        }
        return all;
    }

    private boolean goesOff(Cluster cluster) {
        return choices.chosen(cluster.nodes()).stream().allMatch(choices::goesOff);
    }

    /** In recovery, where a guest that did not start keeps it from nothing; a startup alone has it at its end. */
    private Phase comesBackIn() {
        return choices.intent().phases().contains(Phase.RECOVERY) ? Phase.RECOVERY : Phase.STARTUP;
    }

    private Optional<Draft> back(Cluster cluster, Phase phase, List<Step> drafted) {
        NavigableSet<StepId> needs = new TreeSet<>();
        drafted.stream().filter(step -> isOf(cluster, step)).forEach(step -> needs.add(step.id()));
        return drafted.stream()
                .flatMap(step -> step.asset().stream())
                .filter(cluster.nodes()::contains)
                .findFirst()
                .map(node -> new Draft(
                        cluster.step(phase), Verb.HA_ON, node, phase == Phase.STARTUP ? needs : new TreeSet<>()));
    }

    /** What only looks waits for nothing of it. */
    private static boolean isOf(Cluster cluster, Step step) {
        return step.verb() != Verb.GATE
                && step.asset()
                        .filter(asset -> cluster.nodes().contains(asset)
                                || cluster.guests().contains(asset))
                        .isPresent();
    }
}
