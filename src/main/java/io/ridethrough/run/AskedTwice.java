package io.ridethrough.run;

import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The first look of a run. One answer alone does not tell that a guest was stopped by others and is to stay so (R38). */
final class AskedTwice {
    private static final Duration PAUSE = Duration.ofMillis(40);

    private final Hands hands;
    private final Time time;

    AskedTwice(Hands hands, Time time) {
        this.hands = hands;
        this.time = time;
    }

    CompletionStage<Sight> look(Step step) {
        return hands.look(step)
                .thenCompose(sight -> sight instanceof Sight.Desired && step.verb() == Verb.SHUT_DOWN
                        ? time.after(PAUSE).thenCompose(waited -> hands.look(step))
                        : CompletableFuture.completedFuture(sight));
    }
}
