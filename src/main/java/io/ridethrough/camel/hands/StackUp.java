package io.ridethrough.camel.hands;

import io.ridethrough.contract.Stack;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.stack.ComposeCommands;
import io.ridethrough.target.stack.ComposeStates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * COMPOSE_UP: up is a stack of which something runs and nothing is unwell or only just started. The look decides, not the
 * exit code: waiting compose calls a one-shot that ended well a failure, and ends at once while others are still starting
 * (docker/compose issue 10596).
 */
final class StackUp implements Hands {
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration CLEARING = Duration.ofSeconds(30);

    private final Tools tools;

    StackUp(Tools tools) {
        this.tools = tools;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<Stack> stack = Stacks.of(tools, step);
        if (stack.isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Mismatch("not a stack: nothing to bring up"));
        }
        return tools.shell()
                .run(stack.get().runsOn(), ComposeCommands.of(stack.get()).ps())
                .thenApply(result -> judged(ComposeStates.read(result)));
    }

    static Sight judged(ComposeStates states) {
        if (states instanceof ComposeStates.Unreadable unreadable) {
            return new Sight.Unseen(unreadable.why());
        }
        ComposeStates.Told told = (ComposeStates.Told) states;
        if (!told.unwell().isEmpty()) {
            return new Sight.Other("not well: " + String.join(", ", told.unwell()));
        }
        if (!told.justStarted().isEmpty()) {
            return new Sight.Other("only just started: " + String.join(", ", told.justStarted()));
        }
        return told.up() > 0
                ? new Sight.Desired(told.toString())
                : new Sight.Other("nothing runs" + (told.containers().isEmpty() ? "" : ": " + told));
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Stack stack = Stacks.of(tools, step).orElseThrow();
        return tools.shell()
                .run(stack.runsOn(), ComposeCommands.of(stack).ps())
                .thenCompose(result -> cleared(stack, ComposeStates.read(result)))
                .thenCompose(unused -> Stacks.up(tools.shell(), stack, limit.minus(MARGIN.dividedBy(2)), limit));
    }

    /** Compose cannot start what a hard stop left dead: only that is taken away, and what came of it the next look tells. */
    private CompletionStage<?> cleared(Stack stack, ComposeStates states) {
        return states instanceof ComposeStates.Told told && !told.leftOvers().isEmpty()
                ? tools.shell().run(stack.runsOn(), ComposeCommands.of(stack).clear(told.leftOvers(), CLEARING))
                : CompletableFuture.completedFuture(states);
    }

    @Override
    public List<Rung> ladder(Step step) {
        return Stacks.of(tools, step)
                .map(stack -> List.of(new Rung(
                        Rung.Force.GRACEFUL, stack.start().multipliedBy(2).plus(MARGIN))))
                .orElse(List.of());
    }
}
