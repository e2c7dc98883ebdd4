package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
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
                .filter(step -> Gate.VERBS.contains(step.verb()) || isAskedFor(plan, step))
                .map(step -> answer(plan, step).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    private CompletionStage<ObjectNode> answer(Plan plan, Step step) {
        return hands.look(step)
                .exceptionally(trouble -> new Sight.Unseen("could not look: " + trouble))
                .thenApply(seen -> isAskedFor(plan, step) ? found(step, seen) : answered(plan, step, seen));
    }

    private static ObjectNode answered(Plan plan, Step step, Sight seen) {
        Gate gate = Gate.of(step, seen, plan.intent());
        return Gate.told(step, gate.word(), gate.why());
    }

    private static boolean isAskedFor(Plan plan, Step step) {
        return step.verb() == Verb.REMEDY && plan.intent().control().isPresent();
    }

    /** What the remedy would find. */
    private static ObjectNode found(Step step, Sight seen) {
        String word =
                seen instanceof Sight.Desired ? "holds" : seen instanceof Sight.Unseen ? "unobservable" : "broken";
        return Gate.told(step, word, seen.evidence());
    }
}
