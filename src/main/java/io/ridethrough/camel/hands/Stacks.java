package io.ridethrough.camel.hands;

import io.ridethrough.contract.Stack;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.stack.ComposeCommands;
import io.ridethrough.target.stack.ComposeStates;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds a step's stack, and brings one up. */
final class Stacks {
    private Stacks() {}

    static Optional<Stack> of(Tools tools, Step step) {
        return step.asset()
                .flatMap(tools.contracts()::asset)
                .filter(Stack.class::isInstance)
                .map(Stack.class::cast);
    }

    /**
     * Has compose bring it up. What compose calls a failure is none while all of it may yet come up: the look watches
     * that for as long as there is time.
     *
     * @param patience for how long compose waits until all is well
     */
    static CompletionStage<Answer> up(Shell shell, Stack stack, Duration patience, Duration limit) {
        ComposeCommands compose = ComposeCommands.of(stack);
        return shell.run(stack.runsOn(), compose.up(patience, limit))
                .thenApply(Answers::of)
                .thenCompose(answer -> answer instanceof Answer.Declined declined
                        ? shell.run(stack.runsOn(), compose.ps())
                                .thenApply(result -> meant(declined, ComposeStates.read(result)))
                        : CompletableFuture.completedFuture(answer));
    }

    private static Answer meant(Answer.Declined declined, ComposeStates states) {
        return states instanceof ComposeStates.Told told && told.isOnItsWay()
                ? new Answer.Accepted("still starting: " + told + "; compose says: " + declined.evidence())
                : declined;
    }
}
