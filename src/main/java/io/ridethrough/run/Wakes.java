package io.ridethrough.run;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Nodes of one site are woken apart, as far as each declares, whichever run wakes them (R41): their inrush and their boot are load. The
 * first goes at once; waiting costs no thread. Thread-safe.
 */
final class Wakes {
    private final Time time;
    /** When the last turn of a site was or will be, in monotonic nanoseconds. */
    private final Map<SiteId, Long> last = new HashMap<>();

    Wakes(Time time) {
        this.time = time;
    }

    /** Completes when this step may energise its asset: at once, unless that is a node and another was before it. */
    CompletionStage<Void> turn(Contracts contracts, Step step) {
        Duration wait = nodeWoken(contracts, step).map(this::take).orElse(Duration.ZERO);
        return wait.isZero() ? CompletableFuture.completedFuture(null) : time.after(wait);
    }

    private synchronized Duration take(Node node) {
        long now = time.nanos();
        Long before = last.get(node.id().site());
        long at =
                before == null ? now : Math.max(now, before + node.wakesApart().toNanos());
        last.put(node.id().site(), at);
        return Duration.ofNanos(at - now);
    }

    private static Optional<Node> nodeWoken(Contracts contracts, Step step) {
        boolean wakes = Set.of(Verb.WAKE, Verb.RECOVER).contains(step.verb());
        return step.asset()
                .filter(asset -> wakes)
                .flatMap(contracts::asset)
                .filter(Node.class::isInstance)
                .map(Node.class::cast);
    }
}
