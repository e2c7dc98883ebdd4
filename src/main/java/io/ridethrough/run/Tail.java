package io.ridethrough.run;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Intent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How a run tells a machine to power off later and by itself, so that it does so though we are gone (R30). Never throws;
 * stages may complete on any thread.
 */
public interface Tail {
    /** The boot of the machine that this process runs on, as its kernel tells it. */
    Optional<String> ownBoot();

    /** The boot of that machine, if it answers. */
    CompletionStage<Optional<String>> boot(AssetId machine);

    /** Tells it to power off after the delay. A machine that was told already and has not been called back declines. */
    CompletionStage<Answer> tell(AssetId machine, Duration delay);

    /** The same for a tail to which it matters who or what wants it, and what for. */
    default CompletionStage<Answer> tell(Intent intent, AssetId machine, Duration delay) {
        return tell(machine, delay);
    }

    /** Desired while it was told and its time has not come; other when nothing is pending there. Changes nothing. */
    CompletionStage<Sight> isTold(AssetId machine);

    /** Takes back what it was told; only a look tells whether that worked. */
    CompletionStage<Answer> callBack(AssetId machine);

    /** Of hands that cannot hand over. */
    Tail NONE = new Tail() {
        private static final String WHY = "these hands cannot hand over";

        @Override
        public Optional<String> ownBoot() {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Optional<String>> boot(AssetId machine) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletionStage<Answer> tell(AssetId machine, Duration delay) {
            return CompletableFuture.completedFuture(new Answer.Declined(WHY));
        }

        @Override
        public CompletionStage<Sight> isTold(AssetId machine) {
            return CompletableFuture.completedFuture(new Sight.Other(WHY));
        }

        @Override
        public CompletionStage<Answer> callBack(AssetId machine) {
            return CompletableFuture.completedFuture(new Answer.Declined(WHY));
        }
    };
}
