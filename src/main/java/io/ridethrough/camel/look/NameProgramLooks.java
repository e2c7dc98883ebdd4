package io.ridethrough.camel.look;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Posture;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Whether the program of a site's name service is there, by what the site declares to tell it, on the service itself. */
final class NameProgramLooks implements Looks {
    private final Shell shell;

    NameProgramLooks(Shell shell) {
        this.shell = shell;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        List<String> program = subject.site()
                .posture()
                .names()
                .map(Posture.NamePolicy::program)
                .orElse(List.of());
        Optional<AssetId> service = subject.site().nameService();
        if (program.isEmpty() || service.isEmpty()) {
            return Seeing.seen(Map.of("exit", -1L, "text", "nothing is declared that tells it"));
        }
        return shell.run(service.get(), new RemoteCommand(program, probe.limit(), RemoteCommand.Lane.LOOK))
                .thenApply(result -> result instanceof CommandResult.Exited exited
                        ? new Look.Seen(Map.of("exit", (long) exited.code(), "text", Said.by(result)))
                        : new Look.Unseen(Said.by(result)));
    }
}
