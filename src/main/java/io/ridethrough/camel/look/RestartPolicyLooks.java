package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.Stack;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.stack.ComposeCommands;
import io.ridethrough.target.stack.RestartPolicies;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What of a stack docker starts again with its host. */
final class RestartPolicyLooks implements Looks {
    private final Shell shell;

    RestartPolicyLooks(Shell shell) {
        this.shell = shell;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Stack stack = (Stack) subject.asset().orElseThrow();
        ComposeCommands compose = ComposeCommands.of(stack);
        return shell.run(stack.runsOn(), compose.ids()).thenCompose(result -> {
            if (!(result instanceof CommandResult.Exited exited) || exited.code() != 0) {
                return Seeing.unseen(Said.by(result));
            }
            if (exited.out().isBlank()) {
                return Seeing.seen(Map.of("coming_back", List.of(), "staying_down", List.of()));
            }
            List<String> ids = RestartPolicies.ids(exited.out());
            return ids.isEmpty()
                    ? Seeing.unseen("no ids of containers: " + Said.by(result))
                    : shell.run(stack.runsOn(), compose.policies(ids))
                            .thenApply(RestartPolicies::read)
                            .thenApply(read -> read instanceof RestartPolicies.Told told
                                    ? new Look.Seen(Map.of(
                                            "coming_back", told.comingBack(), "staying_down", told.stayingDown()))
                                    : new Look.Unseen(((RestartPolicies.Unreadable) read).why()));
        });
    }
}
