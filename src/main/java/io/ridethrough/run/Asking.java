package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the gates of a plan would say now: a dry run asks, and nothing is begun. */
final class Asking {
    private final Hands hands;

    Asking(Hands hands) {
        this.hands = hands;
    }

    /** In plan order, as receipts have it. Completes always normally. */
    CompletionStage<List<ObjectNode>> gates(Plan plan) {
        List<CompletableFuture<ObjectNode>> all = plan.steps().stream()
                .filter(step -> Gate.VERBS.contains(step.verb()))
                .map(step -> answer(plan, step).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    private CompletionStage<ObjectNode> answer(Plan plan, Step step) {
        return hands.look(step)
                .exceptionally(trouble -> new Sight.Unseen("could not look: " + trouble))
                .thenApply(seen -> Gate.of(step, seen, plan.intent()))
                .thenApply(gate -> Gate.told(step, gate.word(), gate.why()));
    }
}
