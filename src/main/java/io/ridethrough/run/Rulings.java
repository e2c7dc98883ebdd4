package io.ridethrough.run;

import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What persons said about the steps of one run; the last word about a step counts. Thread-safe. */
final class Rulings {
    private final List<Ruling> all;
    private final Map<StepId, CompletableFuture<Outcome>> heard = new HashMap<>();

    Rulings(List<Ruling> before) {
        all = new ArrayList<>(before);
    }

    /** Oldest first. */
    synchronized List<Ruling> all() {
        return List.copyOf(all);
    }

    synchronized void add(Ruling ruling) {
        all.add(ruling);
    }

    /** The last word about how a step goes on. */
    synchronized Optional<Ruling> last(StepId step) {
        return all.stream()
                .filter(ruling -> ruling.step().equals(step) && ruling.word() != Ruling.Word.AT)
                .reduce((first, second) -> second);
    }

    /** The outcome that a person has given a step. */
    Optional<Outcome> decision(Step step) {
        return last(step.id()).flatMap(ruling -> outcome(ruling, step));
    }

    private static Optional<Outcome> outcome(Ruling ruling, Step step) {
        return switch (ruling.word()) {
            case SKIP ->
                Optional.of(new Outcome.Skipped(
                        "left out by " + ruling.by() + ": " + ruling.reason() + " (" + GivenUp.by(ruling, step) + ")"));
            case MARK_DONE ->
                Optional.of(new Outcome.SaidDone(
                        "done, says " + ruling.by() + ": " + ruling.reason() + " (" + GivenUp.by(ruling, step) + ")"));
            case RETRY, AT -> Optional.empty();
        };
    }

    /** Completes once a person settles a step that is under way. */
    synchronized CompletionStage<Outcome> heard(Step step) {
        return heard.computeIfAbsent(step.id(), none -> new CompletableFuture<>());
    }

    /** Has a step that is under way hear the last word; call it without a lock. */
    void tell(Step step) {
        Optional<Outcome> decided = decision(step);
        CompletableFuture<Outcome> hears;
        synchronized (this) {
            hears = decided.isPresent() ? heard.remove(step.id()) : null;
        }
        if (hears != null) {
            decided.ifPresent(hears::complete);
        }
    }
}
