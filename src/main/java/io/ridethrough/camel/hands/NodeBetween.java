package io.ridethrough.camel.hands;

import io.ridethrough.contract.Node;
import io.ridethrough.contract.Policy;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** BETWEEN: the policy's command on a drained node; its check prints nothing once there is nothing left to do. */
final class NodeBetween implements Hands {
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Tools tools;

    NodeBetween(Tools tools) {
        this.tools = tools;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<Node> node = node(step);
        Optional<Policy.Between> between = tools.contracts().policy().between();
        if (node.isEmpty() || between.isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Mismatch("nothing is declared between"));
        }
        String[] check = between.get().check().toArray(String[]::new);
        return tools.shell()
                .run(
                        node.get().id(),
                        RemoteCommand.look(LOOK, check).asRoot(node.get().ssh().sudo()))
                .thenApply(NodeBetween::seen);
    }

    private static Sight seen(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return new Sight.Unseen(Said.by(result));
        }
        return exited.code() == 0 && exited.out().isBlank()
                ? new Sight.Desired("nothing is left to do")
                : new Sight.Other(Said.by(result));
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Node node = node(step).orElseThrow();
        Policy.Between between = tools.contracts().policy().between().orElseThrow();
        RemoteCommand command = new RemoteCommand(between.run(), limit, RemoteCommand.Lane.BLOCKING)
                .asRoot(node.ssh().sudo());
        return tools.shell().run(node.id(), command).thenApply(Answers::of);
    }

    @Override
    public List<Rung> ladder(Step step) {
        return tools.contracts()
                .policy()
                .between()
                .map(between -> List.of(new Rung(Rung.Force.GRACEFUL, between.limit())))
                .orElse(List.of());
    }

    private Optional<Node> node(Step step) {
        return step.asset()
                .flatMap(tools.contracts()::asset)
                .filter(Node.class::isInstance)
                .map(Node.class::cast);
    }
}
