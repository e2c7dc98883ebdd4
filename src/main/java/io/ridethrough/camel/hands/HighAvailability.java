package io.ridethrough.camel.hands;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Node;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import io.ridethrough.target.proxmox.ClusterState;
import io.ridethrough.target.proxmox.ClusterState.Armed;
import io.ridethrough.target.proxmox.ClusterState.Quorum;
import io.ridethrough.target.proxmox.ClusterState.Wanted;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.proxmox.Version;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * HA_OFF and HA_ON: a cluster that looks after guests lets go of them while it is taken down (R23, R40). Proxmox can be
 * told so from 9.1 on; below that the commands are named, and planned work ends before anything is touched.
 */
final class HighAvailability implements Hands {
    /** Its daemons turn in rounds of ten seconds, and every node has to let go. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Tools tools;
    private final QuorumWait quorum;

    HighAvailability(Tools tools, QuorumWait quorum) {
        this.tools = tools;
        this.quorum = quorum;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<Node> node = node(step);
        return node.isEmpty()
                ? CompletableFuture.completedFuture(new Sight.Mismatch("not a node of a cluster"))
                : asked(members(node.get()))
                        .thenApply(told -> told instanceof NodeTold.Cluster seen
                                ? judged(step.verb(), seen.state())
                                : new Sight.Unseen("how its cluster stands: " + told.words()));
    }

    /** One node's word is the whole cluster's; the others are asked where it is silent. */
    private CompletionStage<Told> asked(List<Node> members) {
        return tools.nodes()
                .ask(members.get(0).id(), new NodeAsk.Cluster())
                .thenCompose(told -> told instanceof NodeTold.Cluster || members.size() == 1
                        ? CompletableFuture.completedFuture(told)
                        : asked(members.subList(1, members.size())));
    }

    private static Sight judged(Verb verb, ClusterState state) {
        if (verb == Verb.HA_OFF) {
            return state.letsGo() ? new Sight.Desired(state.toString()) : new Sight.Other(state.toString());
        }
        if (state.quorum() == Quorum.MISSING) {
            return new Sight.Other("the cluster is not quorate; " + state);
        }
        boolean away = state.armed() == Armed.DISARMED || state.armed() == Armed.DISARMING;
        boolean ignored = !state.resources().isEmpty() && state.letsGo();
        return away || ignored ? new Sight.Other(state.toString()) : new Sight.Desired(state.toString());
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Node node = node(step).orElseThrow();
        if (step.verb() == Verb.HA_OFF) {
            return told(members(node), Wanted.DISARMED, limit);
        }
        return quorum.at(node, limit.dividedBy(2))
                .thenCompose(came -> came == QuorumWait.Came.QUORATE
                        ? told(members(node), Wanted.ARMED, limit)
                        : CompletableFuture.completedFuture(
                                new Answer.Undelivered("not sent: the cluster is not quorate")));
    }

    private CompletionStage<Answer> told(List<Node> members, Wanted wanted, Duration limit) {
        return asked(members).thenCompose(told -> {
            if (!(told instanceof NodeTold.Cluster seen)) {
                return CompletableFuture.completedFuture(Answers.of(told));
            }
            return members.stream().allMatch(one -> Version.of(one.version()).atLeast(Version.DISARMS))
                    ? sent(members, wanted, limit)
                    : CompletableFuture.completedFuture(new Answer.Declined(byHand(wanted, seen.state())));
        });
    }

    /** The next node only where this one certainly did not get it. */
    private CompletionStage<Answer> sent(List<Node> members, Wanted wanted, Duration limit) {
        return tools.nodes()
                .ask(members.get(0).id(), new NodeAsk.HighAvailability(wanted, limit))
                .thenCompose(told -> told instanceof Told.Undelivered && members.size() > 1
                        ? sent(members.subList(1, members.size()), wanted, limit)
                        : CompletableFuture.completedFuture(Answers.of(told)));
    }

    /** What a person does where the version cannot (R40): resources first, then the daemons that would fence. */
    private static String byHand(Wanted wanted, ClusterState state) {
        String each = state.resources().stream()
                .map(one -> "ha-manager set " + one.sid() + " --state "
                        + (wanted == Wanted.DISARMED ? "ignored" : "started"))
                .collect(Collectors.joining("; "));
        return "Proxmox before 9.1 cannot be told to. By hand, on one node: "
                + (wanted == Wanted.DISARMED
                        ? each + "; then on every node: systemctl stop pve-ha-lrm; then on every node: systemctl stop"
                                + " pve-ha-crm"
                        : "systemctl start pve-ha-crm pve-ha-lrm on every node; then " + each);
    }

    /** Said twice it does no more. */
    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        return CompletableFuture.completedFuture(new Trace.Harmless("what is armed or disarmed stays so"));
    }

    @Override
    public List<Rung> ladder(Step step) {
        return node(step).isPresent() ? List.of(new Rung(Rung.Force.GRACEFUL, PATIENCE)) : List.of();
    }

    private Optional<Node> node(Step step) {
        return step.asset()
                .flatMap(tools.contracts()::asset)
                .filter(Node.class::isInstance)
                .map(Node.class::cast)
                .filter(node -> node.cluster().isPresent());
    }

    /** The node itself, then the others of its cluster. */
    private List<Node> members(Node node) {
        return tools.contracts().assets().values().stream()
                .filter(asset -> isBeside(node, asset))
                .map(Node.class::cast)
                .sorted((one, other) -> Boolean.compare(!one.equals(node), !other.equals(node)))
                .toList();
    }

    private static boolean isBeside(Node node, Asset asset) {
        AssetId id = asset.id();
        return asset instanceof Node other
                && id.site().equals(node.id().site())
                && other.cluster().equals(node.cluster());
    }
}
