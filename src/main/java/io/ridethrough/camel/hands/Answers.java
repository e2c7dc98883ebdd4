package io.ridethrough.camel.hands;

import io.ridethrough.run.Answer;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.way.Commanded;
import io.ridethrough.target.way.Told;

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
