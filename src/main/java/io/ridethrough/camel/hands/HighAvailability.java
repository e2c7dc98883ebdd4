package io.ridethrough.camel.hands;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Node;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.HaRecord;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import io.ridethrough.target.proxmox.ClusterState;
import io.ridethrough.target.proxmox.ClusterState.Armed;
import io.ridethrough.target.proxmox.ClusterState.Quorum;
import io.ridethrough.target.proxmox.ClusterState.Resource;
import io.ridethrough.target.proxmox.ClusterState.Wanted;
import io.ridethrough.target.proxmox.HaDaemon;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.proxmox.Version;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * HA_OFF and HA_ON: a cluster that looks after guests lets go of them while it is taken down (R23, R40). Proxmox can be
 * told so from 9.1 on; below that it is done by the recorded sequence. What it declines is named with the commands that
 * a person would give.
 */
final class HighAvailability implements Hands {
    /** Its daemons turn in rounds of ten seconds, and every node has to let go. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Two daemons, one after the other, each with its own time to stop. */
    private static final Duration SEQUENCE = Duration.ofMinutes(4);

    private final Tools tools;
    private final QuorumWait quorum;
    private final RecordedSequence sequence;

    HighAvailability(Tools tools, QuorumWait quorum, HaRecord record) {
        this.tools = tools;
        this.quorum = quorum;
        this.sequence = new RecordedSequence(tools, quorum, record);
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<Node> node = node(step);
        return node.isEmpty()
                ? CompletableFuture.completedFuture(new Sight.Mismatch("not a node of a cluster"))
                : asked(members(node.get()))
                        .thenCompose(told -> told instanceof NodeTold.Cluster seen
                                ? judged(step.verb(), node.get(), seen.state())
                                : CompletableFuture.completedFuture(
                                        new Sight.Unseen("how its cluster stands: " + told.words())));
    }

    /** One node's word is the whole cluster's; the others are asked where it is silent. */
    private CompletionStage<Told> asked(List<Node> members) {
        return tools.nodes()
                .ask(members.get(0).id(), new NodeAsk.Cluster())
                .thenCompose(told -> told instanceof NodeTold.Cluster || members.size() == 1
                        ? CompletableFuture.completedFuture(told)
                        : asked(members.subList(1, members.size())));
    }

    private CompletionStage<Sight> judged(Verb verb, Node node, ClusterState state) {
        if (verb == Verb.HA_ON && state.quorum() == Quorum.MISSING) {
            return CompletableFuture.completedFuture(new Sight.Other("the cluster is not quorate; " + state));
        }
        List<Node> members = members(node);
        if (isByWord(verb, members)) {
            boolean away = state.armed() == Armed.DISARMED || state.armed() == Armed.DISARMING;
            return CompletableFuture.completedFuture(
                    (verb == Verb.HA_OFF ? state.letsGo() : !away)
                            ? new Sight.Desired(state.toString())
                            : new Sight.Other(state.toString()));
        }
        return state.resources().isEmpty()
                ? CompletableFuture.completedFuture(new Sight.Desired(state.toString()))
                : sequence.running(members).thenApply(running -> judged(verb, members, state, running));
    }

    /** Below 9.1: nothing is looked after and no daemon that would fence runs, or all of it as it was before. */
    private Sight judged(Verb verb, List<Node> members, ClusterState state, Map<AssetId, Set<HaDaemon>> running) {
        boolean off = verb == Verb.HA_OFF;
        List<String> amiss = new ArrayList<>();
        if (off) {
            state.resources().stream()
                    .filter(one -> !one.isIgnored())
                    .forEach(one -> amiss.add(one.sid() + " is not ignored"));
        } else {
            sequence.owed(members.get(0), state)
                    .forEach((sid, before) -> amiss.add(sid + " is not " + before + " again"));
        }
        running.forEach((node, daemons) -> {
            Set<HaDaemon> wrong = EnumSet.allOf(HaDaemon.class);
            wrong.removeIf(daemon -> daemons.contains(daemon) != off);
            wrong.forEach(daemon -> amiss.add(daemon.unit() + (off ? " runs on " : " does not run on ") + node));
        });
        if (!amiss.isEmpty()) {
            return new Sight.Other(state + "; " + String.join(", ", amiss));
        }
        List<AssetId> silent = members.stream()
                .map(Node::id)
                .filter(id -> !running.containsKey(id))
                .toList();
        return silent.isEmpty()
                ? new Sight.Desired(state + ", its daemons " + (off ? "stopped" : "running"))
                : new Sight.Unseen(state + "; the daemons on " + silent + " cannot be seen");
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Node node = node(step).orElseThrow();
        List<Node> members = members(node);
        if (!isByWord(step.verb(), members)) {
            return bySequence(step.verb(), members, limit);
        }
        if (step.verb() == Verb.HA_OFF) {
            return sent(members, Wanted.DISARMED, limit);
        }
        return quorum.at(node, limit.dividedBy(2))
                .thenCompose(came -> came == QuorumWait.Came.QUORATE
                        ? sent(members, Wanted.ARMED, limit)
                        : CompletableFuture.completedFuture(
                                new Answer.Undelivered("not sent: the cluster is not quorate")));
    }

    /** What was let go of by the sequence is put back by it, also where the nodes were renewed in between. */
    private boolean isByWord(Verb verb, List<Node> members) {
        return isDisarmable(members) && !(verb == Verb.HA_ON && sequence.owes(members.get(0)));
    }

    private CompletionStage<Answer> bySequence(Verb verb, List<Node> members, Duration limit) {
        return asked(members).thenCompose(told -> {
            if (!(told instanceof NodeTold.Cluster seen)) {
                return CompletableFuture.completedFuture(Answers.of(told));
            }
            Map<String, String> owed = sequence.owed(members.get(0), seen.state());
            return (verb == Verb.HA_OFF
                            ? sequence.letGo(members, seen.state(), limit)
                            : sequence.takeUp(members, limit))
                    .thenApply(answer -> answer instanceof Answer.Declined no
                            ? new Answer.Declined(no.evidence() + ". " + byHand(verb, seen.state(), owed))
                            : answer);
        });
    }

    private static boolean isDisarmable(List<Node> members) {
        return members.stream().allMatch(one -> Version.of(one.version()).atLeast(Version.DISARMS));
    }

    /** The next node only where this one certainly did not get it. */
    private CompletionStage<Answer> sent(List<Node> members, Wanted wanted, Duration limit) {
        return tools.nodes()
                .ask(members.get(0).id(), new NodeAsk.HighAvailability(wanted, limit))
                .thenCompose(told -> told instanceof Told.Undelivered && members.size() > 1
                        ? sent(members.subList(1, members.size()), wanted, limit)
                        : CompletableFuture.completedFuture(Answers.of(told)));
    }

    /** What a person does instead (R40): resources first, then the daemons that would fence; back only what was changed. */
    private static String byHand(Verb verb, ClusterState state, Map<String, String> owed) {
        if (verb == Verb.HA_OFF) {
            String each = state.resources().stream()
                    .filter(one -> !one.isIgnored())
                    .map(one -> set(one.sid(), Resource.IGNORED) + "; then ")
                    .collect(Collectors.joining());
            return "Nodes that outlast the quorum may be reset. By hand, on one node: " + each
                    + "on every node: systemctl stop " + HaDaemon.LRM.unit() + "; then on every node: systemctl stop "
                    + HaDaemon.CRM.unit();
        }
        String each = owed.entrySet().stream()
                .map(one -> "; then " + set(one.getKey(), one.getValue()))
                .collect(Collectors.joining());
        return "By hand: systemctl start " + HaDaemon.CRM.unit() + " " + HaDaemon.LRM.unit() + " on every node" + each;
    }

    private static String set(String sid, String state) {
        return "ha-manager set " + sid + " --state " + state;
    }

    /** Said twice it does no more. */
    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        return CompletableFuture.completedFuture(new Trace.Harmless("what is armed or disarmed stays so"));
    }

    @Override
    public List<Rung> ladder(Step step) {
        return node(step)
                .map(node -> isDisarmable(members(node)) ? PATIENCE : SEQUENCE)
                .map(patience -> List.of(new Rung(Rung.Force.GRACEFUL, patience)))
                .orElse(List.of());
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
