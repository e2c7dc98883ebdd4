package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Node;
import io.ridethrough.journal.StaleEpochException;
import io.ridethrough.run.Answer;
import io.ridethrough.run.HaRecord;
import io.ridethrough.target.proxmox.ClusterState;
import io.ridethrough.target.proxmox.ClusterState.Resource;
import io.ridethrough.target.proxmox.HaDaemon;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeCommands;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.ssh.RemoteCommand;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a cluster that cannot be disarmed lets go all the same (R40): what is asked for every resource is recorded, all are
 * set to be ignored, then the daemons that would fence are stopped on every node, the one with the watchdog first; each
 * is looked at before the next. Back again: daemons, quorum, and what was recorded of the resources that are ignored by
 * our word. By the shell alone: the API has no word for all of it. Every command is bounded, and does no more when it is
 * sent twice.
 */
final class RecordedSequence {
    /** Over its cluster's file system a change is there at once, or not at all. */
    private static final Duration SET = Duration.ofSeconds(20);
    /** Their units give themselves 95 s to stop (pve-ha-manager, debian/pve-ha-lrm.service, pve-ha-crm.service). */
    private static final Duration STOP = Duration.ofSeconds(100);

    private final Tools tools;
    private final QuorumWait quorum;
    private final HaRecord record;

    RecordedSequence(Tools tools, QuorumWait quorum, HaRecord record) {
        this.tools = tools;
        this.quorum = quorum;
        this.record = record;
    }

    /** What runs of its daemons, by node; a node that does not tell has no entry. */
    CompletionStage<Map<AssetId, Set<HaDaemon>>> running(List<Node> members) {
        Map<AssetId, CompletableFuture<Optional<Set<HaDaemon>>>> asked = members.stream()
                .collect(Collectors.toMap(Node::id, node -> tools.shell()
                        .run(node.id(), NodeCommands.daemons(node.ssh().sudo()))
                        .thenApply(HaDaemon::running)
                        .toCompletableFuture()));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    Map<AssetId, Set<HaDaemon>> running = new TreeMap<>();
                    asked.forEach((node, told) -> told.join().ifPresent(daemons -> running.put(node, daemons)));
                    return running;
                });
    }

    /** The resources that are ignored because a run of ours said so, with the state that they are to have again. */
    Map<String, String> owed(Node node, ClusterState state) {
        Map<String, String> owed = new TreeMap<>(record.kept(node.id()));
        Set<String> ignored = state.resources().stream()
                .filter(Resource::isIgnored)
                .map(Resource::sid)
                .collect(Collectors.toSet());
        owed.keySet().retainAll(ignored);
        owed.values().removeIf(Resource.IGNORED::equals);
        return owed;
    }

    /** Whether a run of ours let go of the node's cluster so, and has not put all back yet. */
    boolean owes(Node node) {
        return record.kept(node.id()).values().stream().anyMatch(state -> !state.equals(Resource.IGNORED));
    }

    /** Records, then lets go. */
    CompletionStage<Answer> letGo(List<Node> members, ClusterState seen, Duration limit) {
        Map<String, String> states = owed(members.get(0), seen);
        Map<String, String> ignored = new TreeMap<>();
        seen.resources().stream().filter(one -> !one.isIgnored()).forEach(one -> {
            states.put(one.sid(), one.state());
            ignored.put(one.sid(), Resource.IGNORED);
        });
        Optional<String> unwritten;
        try {
            unwritten = record.keep(members.stream().map(Node::id).collect(Collectors.toSet()), states);
        } catch (StaleEpochException e) {
            return done(new Answer.Declined("another process has taken over: " + e.getMessage()));
        }
        String recorded = "recorded " + states
                + unwritten.map(why -> " in memory only, since " + why).orElse("");
        return running(members)
                .thenCompose(told -> set(answeringFirst(members, told.keySet()), ignored, limit))
                .thenCompose(answer -> onward(answer, () -> looked(members, this::allIgnored)))
                .thenCompose(answer -> onward(answer, () -> stopped(members, HaDaemon.LRM, limit)))
                .thenCompose(answer -> onward(answer, () -> stopped(members, HaDaemon.CRM, limit)))
                .thenApply(answer -> answer instanceof Answer.Accepted yes
                        ? new Answer.Accepted(recorded + "; " + yes.evidence())
                        : answer instanceof Answer.Declined
                                ? answer
                                : new Answer.Barred(
                                        recorded + "; let go of where that could be told, not on all nodes: "
                                                + answer.evidence()));
    }

    /** One that hangs is not asked first for each resource. */
    private static List<Node> answeringFirst(List<Node> members, Set<AssetId> answering) {
        return members.stream()
                .sorted(Comparator.comparing(node -> !answering.contains(node.id())))
                .toList();
    }

    /** Starts what was stopped, waits for the quorum, puts back what is owed. */
    CompletionStage<Answer> takeUp(List<Node> members, Duration limit) {
        return onEach(members, node -> NodeCommands.startDaemons(node.ssh().sudo(), shorter(SET, limit)))
                .thenCompose(answer -> onward(answer, () -> quorum.at(members.get(0), limit.dividedBy(2))
                        .thenCompose(came -> came == QuorumWait.Came.QUORATE
                                ? looked(members, (node, state) -> set(members, owed(node, state), limit))
                                : done(new Answer.Undelivered("not put back: the cluster is not quorate")))));
    }

    private CompletionStage<Answer> allIgnored(Node node, ClusterState state) {
        List<String> others = state.resources().stream()
                .filter(one -> !one.isIgnored())
                .map(Resource::toString)
                .toList();
        return done(
                others.isEmpty()
                        ? new Answer.Accepted("all are ignored")
                        : new Answer.Declined("not ignored all the same: " + String.join(", ", others)));
    }

    /** One node's word is the whole cluster's. */
    private CompletionStage<Answer> looked(
            List<Node> members, BiFunction<Node, ClusterState, CompletionStage<Answer>> then) {
        Node first = members.get(0);
        return tools.nodes().ask(first.id(), new NodeAsk.Cluster()).thenCompose(told -> {
            if (told instanceof NodeTold.Cluster seen) {
                return then.apply(first, seen.state());
            }
            return members.size() > 1
                    ? looked(members.subList(1, members.size()), then)
                    : done(new Answer.Lost("how its cluster stands cannot be seen: " + told.words()));
        });
    }

    /** One after another, by the first node that gets it. */
    private CompletionStage<Answer> set(List<Node> members, Map<String, String> states, Duration limit) {
        return next(members, states.entrySet().iterator(), limit, new Answer.Accepted("set " + states));
    }

    private CompletionStage<Answer> next(
            List<Node> members, Iterator<Map.Entry<String, String>> left, Duration limit, Answer all) {
        if (!left.hasNext()) {
            return done(all);
        }
        Map.Entry<String, String> one = left.next();
        return byAny(
                        members,
                        node -> NodeCommands.resource(
                                one.getKey(), one.getValue(), node.ssh().sudo(), shorter(SET, limit)))
                .thenCompose(answer -> onward(answer, () -> next(members, left, limit, all)));
    }

    private CompletionStage<Answer> byAny(List<Node> members, Function<Node, RemoteCommand> command) {
        Node first = members.get(0);
        return tools.shell()
                .run(first.id(), command.apply(first))
                .thenApply(Answers::of)
                .thenCompose(answer -> isMissed(answer) && members.size() > 1
                        ? byAny(members.subList(1, members.size()), command)
                        : done(answer));
    }

    /** Stops it on every node that can be reached; no other goes on while one still runs. */
    private CompletionStage<Answer> stopped(List<Node> members, HaDaemon daemon, Duration limit) {
        return onEach(members, node -> NodeCommands.stop(daemon, node.ssh().sudo(), shorter(STOP, limit)))
                .thenCompose(answer -> running(members).thenApply(running -> {
                    List<AssetId> still = running.entrySet().stream()
                            .filter(one -> one.getValue().contains(daemon))
                            .map(Map.Entry::getKey)
                            .toList();
                    return still.isEmpty()
                            ? answer
                            : new Answer.Declined(daemon.unit() + " still runs on " + still + ": " + answer.evidence());
                }));
    }

    /** At once on all; the answer is the worst of them, where one that is not reached is not as bad as one that declines. */
    private CompletionStage<Answer> onEach(List<Node> members, Function<Node, RemoteCommand> command) {
        List<CompletableFuture<Answer>> all = members.stream()
                .map(node -> tools.shell()
                        .run(node.id(), command.apply(node))
                        .thenApply(Answers::of)
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(done -> all.stream()
                .map(CompletableFuture::join)
                .reduce(RecordedSequence::worse)
                .orElseThrow());
    }

    private static Answer worse(Answer one, Answer other) {
        if (one instanceof Answer.Accepted) {
            return other;
        }
        return isMissed(one) && !(other instanceof Answer.Accepted) ? other : one;
    }

    private interface Next {
        CompletionStage<Answer> answer();
    }

    /** What one node did not get is still done to the others, and is the answer in the end. */
    private static CompletionStage<Answer> onward(Answer answer, Next next) {
        if (isMissed(answer)) {
            return next.answer().thenApply(other -> other instanceof Answer.Accepted ? answer : other);
        }
        return answer instanceof Answer.Accepted ? next.answer() : done(answer);
    }

    /** It may have got it or not: the others are told all the same, since the commands do no more when they are repeated. */
    private static boolean isMissed(Answer answer) {
        return answer instanceof Answer.Undelivered || answer instanceof Answer.Lost;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static CompletionStage<Answer> done(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
