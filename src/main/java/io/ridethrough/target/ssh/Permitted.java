package io.ridethrough.target.ssh;

import io.ridethrough.target.Said;
import io.ridethrough.target.way.Commanded;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Whether commands that need root would be let through, told by {@code sudo -l} with the command as its arguments: exit 0
 * with the command's full path when sudo allows it, 1 when not (sudo(8)). Nothing of them is run.
 */
public final class Permitted {
    /** Asked about first: where something else answers as sudo and runs what it should only speak of, this harms nobody. */
    static final RemoteCommand HARMLESS =
            RemoteCommand.look(Duration.ofSeconds(15), "true").asRoot(true);

    private Permitted() {}

    /**
     * Asks about one after the other. {@link Told.Done} when all are allowed, {@link Told.Declined} naming the first that
     * is not; where the host cannot be asked, what that is.
     *
     * @param run runs a command on the host
     */
    public static CompletionStage<Told> all(
            Function<RemoteCommand, CompletionStage<CommandResult>> run, List<RemoteCommand> commands) {
        CompletionStage<Told> told = run.apply(HARMLESS.asked()).thenApply(Permitted::isSudo);
        for (RemoteCommand command : commands) {
            told = told.thenCompose(sofar -> sofar instanceof Told.Done
                    ? run.apply(command.asked()).thenApply(result -> told(command, result))
                    : CompletableFuture.completedFuture(sofar));
        }
        return told;
    }

    private static Told isSudo(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return Commanded.told(result);
        }
        return exited.code() != 0 || exited.out().startsWith("/")
                ? new Told.Done("sudo answers")
                : new Told.Declined("what answers as sudo does not know sudo -l: " + Said.by(result));
    }

    private static Told told(RemoteCommand command, CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return Commanded.told(result);
        }
        return exited.code() == 0
                ? new Told.Done("logs in, and sudo lets every command through")
                : new Told.Declined("sudo does not let through: " + command.line() + " (" + Said.by(result) + ")");
    }
}
