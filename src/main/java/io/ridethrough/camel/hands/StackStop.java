package io.ridethrough.camel.hands;

import io.ridethrough.contract.Stack;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.stack.ComposeCommands;
import io.ridethrough.target.stack.ComposeStates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** COMPOSE_STOP and COMPOSE_DOWN: stopped is a stack whose containers say so, or whose host guest is stopped. */
final class StackStop implements Hands {
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Tools tools;
    private final Guests guests;
    private final boolean remove;

    /** @param remove whether the containers must be gone too */
    StackStop(Tools tools, Guests guests, boolean remove) {
        this.tools = tools;
        this.guests = guests;
        this.remove = remove;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<Stack> declared = Stacks.of(tools, step);
        if (declared.isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Mismatch("not a stack: nothing to stop"));
        }
        Stack stack = declared.get();
        return tools.shell()
                .run(stack.runsOn(), ComposeCommands.of(stack).ps())
                .thenCompose(result -> judged(stack, ComposeStates.read(result)));
    }

    private CompletionStage<Sight> judged(Stack stack, ComposeStates states) {
        if (states instanceof ComposeStates.Unreadable unreadable) {
            return unlessHostIsStopped(stack, unreadable.why());
        }
        ComposeStates.Told told = (ComposeStates.Told) states;
        if (told.containers().isEmpty()) {
            return emptiness(stack);
        }
        if (!told.alive().isEmpty() || remove) {
            return CompletableFuture.completedFuture(new Sight.Other(told.toString()));
        }
        return CompletableFuture.completedFuture(new Sight.Desired(told.toString()));
    }

    /** No containers is believed only of a project whose file is there and declares services. */
    private CompletionStage<Sight> emptiness(Stack stack) {
        return tools.shell()
                .run(stack.runsOn(), ComposeCommands.of(stack).services())
                .thenApply(result -> result instanceof CommandResult.Exited exited
                                && exited.code() == 0
                                && !exited.out().isBlank()
                        ? new Sight.Desired("no container of its services " + Said.line(exited.out()))
                        : new Sight.Unseen("no containers, and no services either: " + Said.by(result)));
    }

    private CompletionStage<Sight> unlessHostIsStopped(Stack stack, String why) {
        Optional<Guests.OnNode> host = tools.contracts().asset(stack.runsOn()).flatMap(guests::of);
        Sight unseen = new Sight.Unseen(why);
        if (host.isEmpty()) {
            return CompletableFuture.completedFuture(unseen);
        }
        return guests.look(
                        host.get(),
                        there -> CompletableFuture.completedFuture(
                                there.stopped() ? new Sight.Desired("its host is stopped") : unseen))
                .thenApply(sight -> sight instanceof Sight.Desired ? sight : unseen);
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Stack stack = Stacks.of(tools, step).orElseThrow();
        ComposeCommands commands = ComposeCommands.of(stack);
        return tools.shell()
                .run(stack.runsOn(), remove ? commands.down(stack.grace(), limit) : commands.stop(stack.grace(), limit))
                .thenApply(Answers::of);
    }

    @Override
    public List<Rung> ladder(Step step) {
        return Stacks.of(tools, step)
                .map(stack -> List.of(new Rung(
                        Rung.Force.GRACEFUL, stack.grace().plus(stack.stop()).plus(MARGIN))))
                .orElse(List.of());
    }
}
