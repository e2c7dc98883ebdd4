package io.ridethrough.target.ssh;

/**
 * A command met trouble of connection, host key or login. Inside a route it is thrown, so that the host's circuit
 * breaker counts it; callers of {@link Shell} get the {@link CommandResult} it carries.
 */
public final class CommandTroubleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient CommandResult result;

    public CommandTroubleException(CommandResult.Undelivered result) {
        super(result.cause() + ": " + result.why());
        this.result = result;
    }

    public CommandTroubleException(CommandResult.Lost result) {
        super("LOST: " + result.why());
        this.result = result;
    }

    /** What the caller is told. */
    public CommandResult result() {
        return result;
    }
}
