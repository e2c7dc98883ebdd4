package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.Stack;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.stack.ComposeCommands;
import io.ridethrough.target.stack.ComposeStates;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What compose tells of a stack's containers. */
final class StackLooks implements Looks {
    private final Shell shell;

    StackLooks(Shell shell) {
        this.shell = shell;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Stack stack = (Stack) subject.asset().orElseThrow();
        return shell.run(stack.runsOn(), ComposeCommands.of(stack).ps())
                .thenApply(ComposeStates::read)
                .thenApply(states -> states instanceof ComposeStates.Told told
                        ? new Look.Seen(Map.of("up", told.up(), "unwell", told.unwell()))
                        : new Look.Unseen(((ComposeStates.Unreadable) states).why()));
    }
}
