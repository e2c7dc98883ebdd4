package io.ridethrough.run;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Stack;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run that brings something up leaves for a person: a remedy that did not help, a tier 1 guest or stack that is not
 * back in time, more stacks failing than the policy bears.
 */
final class Escalation {
    private static final Set<Verb> UP = EnumSet.of(Verb.START, Verb.COMPOSE_UP, Verb.RECOVER);

    private final OpenRun run;
    private final List<String> reasons = new ArrayList<>();

    private Escalation(OpenRun run) {
        this.run = run;
    }

    /** Every reason, with its evidence; empty when nobody has to come. */
    static List<String> of(OpenRun run) {
        Escalation escalation = new Escalation(run);
        escalation.remedies();
        run.contracts.policy().escalation().ifPresent(escalation::policy);
        return List.copyOf(escalation.reasons);
    }

    private void remedies() {
        run.settled().stream()
                .filter(settled -> settled.step().verb() == Verb.REMEDY
                        && !settled.outcome().satisfied())
                .forEach(settled -> reasons.add(settled.step().control().orElse("") + " at "
                        + settled.step().asset().map(AssetId::toString).orElse("") + " is not mended: "
                        + settled.outcome().evidence()));
    }

    private void policy(Policy.Escalation policy) {
        Map<AssetId, Settled> last = new TreeMap<>();
        for (Settled settled : run.settled()) {
            Optional<AssetId> asset = settled.step().asset();
            if (asset.isPresent() && UP.contains(settled.step().verb())) {
                last.put(asset.get(), settled);
                if (isLate(settled, asset.get(), policy)) {
                    reasons.add(asset.get() + ", tier 1, was not back within "
                            + policy.tierOneBack().toMinutes() + " min: "
                            + settled.outcome().evidence());
                }
            }
        }
        List<AssetId> failing = last.entrySet().stream()
                .filter(one ->
                        asset(one.getKey()).filter(Stack.class::isInstance).isPresent())
                .filter(one -> !one.getValue().outcome().satisfied())
                .map(Map.Entry::getKey)
                .toList();
        if (failing.size() > policy.stacksFailing()) {
            reasons.add(failing.size() + " stacks are not up: "
                    + failing.stream().map(AssetId::toString).collect(Collectors.joining(", ")));
        }
    }

    private boolean isLate(Settled settled, AssetId id, Policy.Escalation policy) {
        boolean tierOne = asset(id)
                .filter(asset -> asset instanceof Guest || asset instanceof Stack)
                .filter(asset -> asset.stewardship().tier() == 1)
                .isPresent();
        boolean late = settled.took().compareTo(policy.tierOneBack()) > 0;
        boolean away =
                settled.step().phase() == Phase.RECOVERY && !settled.outcome().satisfied();
        return tierOne && (late || away);
    }

    private Optional<Asset> asset(AssetId id) {
        return run.contracts.asset(id);
    }
}
