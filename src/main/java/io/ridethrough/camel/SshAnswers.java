package io.ridethrough.camel;

import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.CommandTroubleException;
import org.apache.camel.ExchangeException;
import org.jspecify.annotations.Nullable;

/** Turns the trouble that a breaker counted back into the typed result that callers get. */
public final class SshAnswers {
    /** The result that the trouble stands for; what cannot be placed may have been sent, and so is lost. */
    public CommandResult answer(@ExchangeException Exception trouble) {
        if (trouble instanceof CommandTroubleException known) {
            return known.result();
        }
        if (trouble instanceof BreakerOpenException open) {
            return new CommandResult.Undelivered(cause(open.last()), "breaker open: " + open.getMessage());
        }
        return new CommandResult.Lost("the route broke: " + trouble);
    }

    /** Why the breaker is open, as far as its last trouble tells. */
    private static CommandResult.Cause cause(@Nullable Exception last) {
        return last instanceof CommandTroubleException known
                        && known.result() instanceof CommandResult.Undelivered undelivered
                ? undelivered.cause()
                : CommandResult.Cause.UNREACHABLE;
    }
}
