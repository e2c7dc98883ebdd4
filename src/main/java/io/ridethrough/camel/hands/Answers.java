package io.ridethrough.camel.hands;

import io.ridethrough.run.Answer;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import java.util.regex.Pattern;

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

    /** The same, but an error that says what was asked for is so already is no refusal (protocols 1.4). */
    static Answer of(CommandResult result, Pattern already) {
        boolean so = result instanceof CommandResult.Exited exited
                && exited.code() != 0
                && already.matcher(exited.err()).find();
        return so ? new Answer.Accepted("it says so already: " + Said.by(result)) : of(result);
    }
}
