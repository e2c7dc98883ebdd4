package io.ridethrough.run;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * How many guests of one node may start or stop side by side (R41). Waiting costs no thread; who came first goes first.
 * Thread-safe.
 */
final class Limits {
    private record Lane(AssetId node, boolean starts) {}

    private static final class Gate {
        private int free;
        private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();

        Gate(int free) {
            this.free = free;
        }

        synchronized CompletableFuture<Void> enter() {
            CompletableFuture<Void> entered = new CompletableFuture<>();
            if (free > 0) {
                free--;
                entered.complete(null);
            } else {
                waiting.add(entered);
            }
            return entered;
        }

        void leave() {
            CompletableFuture<Void> next;
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    free++;
                }
            }
            if (next != null) {
                next.complete(null);
            }
        }
    }

    private final Map<Lane, Gate> gates = new HashMap<>();
    private final Contracts contracts;

    Limits(Contracts contracts) {
        this.contracts = contracts;
    }

    /** Runs the work once the step's node has room for it, and makes room again when it is complete. */
    <T> CompletionStage<T> within(Step step, Supplier<CompletionStage<T>> work) {
        Optional<Gate> gate = laneOf(step).map(this::gate);
        if (gate.isEmpty()) {
            return work.get();
        }
        return gate.get().enter().thenCompose(entered -> work.get()).whenComplete((result, trouble) -> gate.get()
                .leave());
    }

    private Optional<Lane> laneOf(Step step) {
        boolean starts = step.verb() == Verb.START;
        if (!starts && step.verb() != Verb.SHUT_DOWN) {
            return Optional.empty();
        }
        return step.asset()
                .flatMap(contracts::asset)
                .filter(Guest.class::isInstance)
                .map(asset -> new Lane(((Guest) asset).runsOn(), starts));
    }

    private synchronized Gate gate(Lane lane) {
        return gates.computeIfAbsent(lane, at -> new Gate(room(at)));
    }

    private int room(Lane lane) {
        Optional<Asset> asset = contracts.asset(lane.node());
        if (asset.isPresent() && asset.get() instanceof Node node) {
            return lane.starts() ? node.startsAtOnce() : node.stopsAtOnce();
        }
        return 1;
    }
}
