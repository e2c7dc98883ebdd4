package io.ridethrough.target.way;

import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;

/** What the result of a command tells. An exit code is the target's word; everything else is the way's. */
public final class Commanded {
    private Commanded() {}

    public static Told told(CommandResult result) {
        String said = Said.by(result);
        if (result instanceof CommandResult.Exited exited) {
            return exited.code() == 0 ? new Told.Done(said) : new Told.Declined(said);
        }
        if (!(result instanceof CommandResult.Undelivered undelivered)) {
            return new Told.Lost(said);
        }
        return switch (undelivered.cause()) {
            case HOST_KEY -> new Told.Barred(said);
            case LOGIN -> new Told.Resting(said);
            case UNREACHABLE, BUSY, NOT_PERMITTED -> new Told.Undelivered(said);
        };
    }
}
