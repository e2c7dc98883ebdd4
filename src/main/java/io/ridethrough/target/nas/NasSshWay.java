package io.ridethrough.target.nas;

import io.ridethrough.contract.Nas;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.Permitted;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.way.Commanded;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Powers units off over SSH, and asks their file server. All else only DSM tells. Never throws. Thread-safe. */
public final class NasSshWay {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Shell shell;

    public NasSshWay(Shell shell) {
        this.shell = shell;
    }

    public CompletionStage<Told> ask(Nas nas, NasAsk ask) {
        if (ask instanceof NasAsk.PowerOff act) {
            return powerOff(nas, act);
        }
        if (ask instanceof NasAsk.Rights) {
            return rights(nas);
        }
        return ask instanceof NasAsk.Exports
                ? shell.run(nas.id(), SynologyCommands.exports()).thenApply(NasSshWay::exports)
                : CompletableFuture.completedFuture(
                        new Told.Undelivered("only DSM's own interface tells that, SSH does not"));
    }

    /** What does not know DSM's own command has not begun: then the plain one. */
    private CompletionStage<Told> powerOff(Nas nas, NasAsk.PowerOff act) {
        boolean sudo = nas.ssh().sudo();
        return shell.run(nas.id(), SynologyCommands.powerOff(sudo, act.limit()))
                .thenCompose(result -> SynologyCommands.isUnknown(result)
                        ? shell.run(nas.id(), SynologyCommands.plainPowerOff(sudo, act.limit()))
                        : CompletableFuture.completedFuture(result))
                .thenApply(Commanded::told);
    }

    /** Without sudo there is nothing to ask about: who logs in is root, or it fails. */
    private CompletionStage<Told> rights(Nas nas) {
        return nas.ssh().sudo()
                ? Permitted.all(command -> shell.run(nas.id(), command), List.of(SynologyCommands.powerOff(true, LONG)))
                : shell.run(nas.id(), RemoteCommand.look(LONG, "true"))
                        .thenApply(Commanded::told)
                        .thenApply(NasSshWay::loggedIn);
    }

    private static Told loggedIn(Told told) {
        return told instanceof Told.Done ? new Told.Done("logs in") : told;
    }

    private static Told exports(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return Commanded.told(result);
        }
        if (exited.code() == SynologyCommands.NOT_FOUND) {
            return new NasTold.ServesUntold("it has no showmount: " + Said.by(exited));
        }
        if (exited.code() != 0) {
            return Commanded.told(result);
        }
        List<String> paths = exited.out()
                .lines()
                .filter(line -> line.startsWith("/"))
                .map(line -> line.split("\\s+", 2)[0])
                .toList();
        return new NasTold.Exports(paths);
    }
}
