package io.ridethrough.run;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many remedies a run has sent to each asset. More than two make nothing better: then a person is needed. Guarded by
 * its run.
 */
final class Remedied {
    private static final int MOST = 2;

    private final Map<AssetId, Integer> sent = new HashMap<>();

    /** A process before this one has sent so many. */
    void were(Step step, int times) {
        step.asset().ifPresent(asset -> sent.merge(asset, times, Integer::sum));
    }

    /** Counts one more; or says why it must not be sent. */
    Optional<String> take(Step step) {
        AssetId asset = step.asset().orElseThrow();
        int before = sent.getOrDefault(asset, 0);
        if (before >= MOST) {
            return Optional.of(before + " remedies were sent to " + asset + " in this run: a person is needed");
        }
        sent.put(asset, before + 1);
        return Optional.empty();
    }
}
