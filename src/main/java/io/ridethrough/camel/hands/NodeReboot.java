package io.ridethrough.camel.hands;

import io.ridethrough.contract.Node;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.proxmox.NodeCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** REBOOT: what is seen of a node is the id of its boot. */
final class NodeReboot implements Hands {
    private static final Duration COMMAND = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Hosts hosts;
    private final Tools tools;

    NodeReboot(Hosts hosts, Tools tools) {
        this.hosts = hosts;
        this.tools = tools;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<PowerHost> host = hosts.of(step);
        return host.isEmpty()
                ? CompletableFuture.completedFuture(new Sight.Mismatch("not a node: nothing to reboot"))
                : hosts.standing(host.get())
                        .thenApply(standing -> standing instanceof Hosts.Standing.On on
                                ? new Sight.Other("boot id " + on.boot().value())
                                : new Sight.Unseen("it does not answer over SSH"));
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Node node = node(step).orElseThrow();
        Duration bound = limit.compareTo(COMMAND) < 0 ? limit : COMMAND;
        return tools.shell()
                .run(node.id(), NodeCommands.reboot(node.ssh().sudo(), bound))
                .thenApply(Answers::of);
    }

    @Override
    public List<Rung> ladder(Step step) {
        return node(step)
                .map(node -> List.of(new Rung(
                        Rung.Force.GRACEFUL,
                        node.off().plus(node.boot()).multipliedBy(2).plus(MARGIN))))
                .orElse(List.of());
    }

    private Optional<Node> node(Step step) {
        return step.asset()
                .flatMap(tools.contracts()::asset)
                .filter(Node.class::isInstance)
                .map(Node.class::cast);
    }
}
