package io.ridethrough.camel;

import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.CommandTroubleException;
import org.apache.camel.ExchangeException;

/** Turns the trouble that a breaker counted back into the typed result that callers get. */
public final class SshAnswers {
    /** The result that the trouble stands for; what cannot be placed may have been sent, and so is lost. */
    public CommandResult answer(@ExchangeException Exception trouble) {
        if (trouble instanceof CommandTroubleException known) {
            return known.result();
        }
        if (trouble instanceof BreakerOpenException) {
            return new CommandResult.Undelivered(
                    CommandResult.Cause.UNREACHABLE, "breaker open: " + trouble.getMessage());
        }
        return new CommandResult.Lost("the route broke: " + trouble);
    }
}
