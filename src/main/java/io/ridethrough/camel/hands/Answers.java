package io.ridethrough.camel.hands;

import io.ridethrough.run.Answer;
import io.ridethrough.target.Said;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.ssh.CommandResult;

/** What the result of a command means as an answer. An exit code is the target's word; everything else is the way's. */
final class Answers {
    private Answers() {}

    static Answer of(CommandResult result) {
        String said = Said.by(result);
        if (result instanceof CommandResult.Exited exited) {
            return exited.code() == 0 ? new Answer.Accepted(said) : new Answer.Declined(said);
        }
        if (!(result instanceof CommandResult.Undelivered undelivered)) {
            return new Answer.Lost(said);
        }
        return switch (undelivered.cause()) {
            case HOST_KEY, LOGIN -> new Answer.Barred(said);
            case UNREACHABLE, BUSY -> new Answer.Undelivered(said);
        };
    }

    static Answer of(NodeTold told) {
        if (told instanceof NodeTold.Done done) {
            return new Answer.Accepted(done.evidence());
        }
        if (told instanceof NodeTold.Declined no) {
            return new Answer.Declined(no.evidence());
        }
        if (told instanceof NodeTold.Barred barred) {
            return new Answer.Barred(barred.evidence());
        }
        return told instanceof NodeTold.Undelivered none
                ? new Answer.Undelivered(none.evidence())
                : new Answer.Lost(
                        told instanceof NodeTold.Lost lost ? lost.evidence() : "no answer to an act: " + told);
    }
}
