package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.SecretName;
import io.ridethrough.contract.Stack;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.stack.NamesInFiles;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** By which names a stack knows the credentials that its site declares one name for. */
final class SecretNameLooks implements Looks {
    private final Shell shell;

    SecretNameLooks(Shell shell) {
        this.shell = shell;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Stack stack = (Stack) subject.asset().orElseThrow();
        List<String> never = subject.site().upkeep().secretNames().stream()
                .map(SecretName::never)
                .flatMap(List::stream)
                .toList();
        return never.isEmpty()
                ? Seeing.seen(Map.of("other_names", List.of()))
                : shell.run(stack.runsOn(), NamesInFiles.command(stack.path(), never, probe.limit()))
                        .thenApply(NamesInFiles::read)
                        .thenApply(names -> names instanceof NamesInFiles.Told told
                                ? new Look.Seen(Map.of("other_names", told.used()))
                                : new Look.Unseen(((NamesInFiles.Unreadable) names).why()));
    }
}
