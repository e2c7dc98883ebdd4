package io.ridethrough.camel.hands;

import io.ridethrough.run.Answer;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.way.Commanded;
import io.ridethrough.target.way.Told;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the result of a command means as an answer. An exit code is the target's word; everything else is the way's. */
final class Answers {
    private Answers() {}

    static Answer of(CommandResult result) {
        return of(Commanded.told(result));
    }

    /** @param more added to the evidence of what was accepted */
    static Answer of(Told told, String more) {
        return of(told instanceof Told.Done done ? new Told.Done(done.evidence() + more) : told);
    }

    /**
     * What several say together, each of which was told the same: accepted only where all are.
     *
     * @param none why nothing was told to anyone, where there are none
     */
    static CompletionStage<Answer> all(List<? extends CompletionStage<Told>> told, String none) {
        return told.stream()
                .<CompletionStage<Answer>>map(one -> one.thenApply(Answers::of))
                .reduce((before, next) ->
                        before.thenCombine(next, (one, other) -> one instanceof Answer.Accepted ? other : one))
                .orElseGet(() -> CompletableFuture.completedFuture(new Answer.Declined(none)));
    }

    /** What came of taking power and giving it back: where it surely is back, and was surely away, it is done. */
    static Answer cycled(Told off, Told on) {
        String both = "off: " + off.words() + "; on again: " + on.words();
        if (!(on instanceof Told.Done)) {
            return new Answer.Lost("its power may not be back: " + both);
        }
        return off instanceof Told.Done ? new Answer.Accepted(both) : new Answer.Lost(both);
    }

    static Answer of(Told told) {
        if (told instanceof Told.Done done) {
            return new Answer.Accepted(done.evidence());
        }
        if (told instanceof Told.Declined no) {
            return new Answer.Declined(no.evidence());
        }
        if (told instanceof Told.Barred barred) {
            return new Answer.Barred(barred.evidence());
        }
        if (told instanceof Told.Resting resting) {
            return new Answer.Resting(resting.evidence());
        }
        return told instanceof Told.Undelivered none
                ? new Answer.Undelivered(none.evidence())
                : new Answer.Lost(told instanceof Told.Lost lost ? lost.evidence() : "no answer to an act: " + told);
    }
}
