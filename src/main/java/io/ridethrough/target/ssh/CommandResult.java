package io.ridethrough.target.ssh;

/**
 * What came of a remote command.
 */
public sealed interface CommandResult {
    /** It ran to its end. Output is cut at the endpoint's bound, and says so. */
    record Exited(int code, String out, String err) implements CommandResult {}

    /** The far side ended it at its time limit: what it did is unknown until one looks. */
    record TimedOut(String out, String err) implements CommandResult {}

    /** The connection went away after it was sent: what it did is unknown until one looks. */
    record Lost(String why) implements CommandResult {}

    /** It was never run: no connection, wrong host key, refused login, or a forced command that does not know it. */
    record Undelivered(Cause cause, String why) implements CommandResult {}

    /** Why a command was not run. */
    enum Cause {
        UNREACHABLE,
        HOST_KEY,
        LOGIN,
        BUSY,
        /** The {@link ForcedCommand} of the key does not know that line. */
        NOT_PERMITTED;

        /** Whether another command would fare the same. */
        public boolean isOfTheHost() {
            return this != BUSY && this != NOT_PERMITTED;
        }
    }
}
