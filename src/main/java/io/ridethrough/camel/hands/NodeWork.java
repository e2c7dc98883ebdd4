package io.ridethrough.camel.hands;

import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Busy;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeTask;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a node itself is at that taking a guest or the node down would spoil: a backup, a migration, a snapshot
 * (protocols 1.4: it is waited for or aborted, and its lock is never skipped).
 */
final class NodeWork {
    /**
     * Types of tasks as Proxmox names them (pve-manager, www/manager6/Utils.js, its table of task descriptions; the names
     * that qemu-server and pve-container give their workers in API2/Qemu.pm, API2/LXC.pm). A VM's migration is the one
     * with a single {@code m}.
     */
    private static final Pattern SPOILED = Pattern.compile("vzdump|(q|vz|ha)migrate|migrateall"
            + "|(qm|vz)(snapshot|delsnapshot|rollback|clone|restore|suspend)|qmmove|move_volume|imgcopy");
    /** Locks of a guest that something works on; a suspended one is only asleep. */
    private static final Set<String> LOCKS = Set.of(
            "backup", "migrate", "snapshot", "snapshot-delete", "rollback", "clone", "create", "disk", "mounted");

    private final Tools tools;

    NodeWork(Tools tools) {
        this.tools = tools;
    }

    /** Whether work goes on that needs this guest: its own, or a backup that names no guest and may come to it. */
    CompletionStage<Busy> at(Guests.OnNode at) {
        Guest guest = at.guest();
        CompletableFuture<Told> tasks = ask(at.node(), new NodeAsk.Working());
        CompletableFuture<Told> lock = ask(at.node(), new NodeAsk.Lock(guest.form(), guest.vmid()));
        return tasks.thenCombine(lock, (told, locked) -> {
            String word = locked instanceof NodeTold.Lock is ? is.word() : "";
            List<NodeTask> work = work(told, Optional.of(guest));
            return LOCKS.contains(word)
                    ? new Busy.Taken("it is locked (" + word + ")" + (work.isEmpty() ? "" : " by " + words(work)))
                    : busy(told, work);
        });
    }

    CompletionStage<Busy> at(Node node) {
        return ask(node, new NodeAsk.Working()).thenApply(told -> busy(told, work(told, Optional.empty())));
    }

    private static Busy busy(Told told, List<NodeTask> work) {
        if (!(told instanceof NodeTold.Tasks)) {
            return new Busy.Unseen("its node's tasks cannot be read: " + told.words());
        }
        return work.isEmpty() ? new Busy.Free("its node is at nothing") : new Busy.Taken(words(work) + " on its node");
    }

    /** Aborts that work, each task once. Without a guest, everything of that kind on the node. */
    CompletionStage<Answer> abort(Node node, Optional<Guest> guest, Duration limit) {
        return ask(node, new NodeAsk.Working()).thenCompose(told -> {
            return Answers.all(
                    work(told, guest).stream()
                            .map(task -> ask(node, new NodeAsk.Abort(task.upid(), limit)))
                            .toList(),
                    "no task of it is listed");
        });
    }

    private static List<NodeTask> work(Told told, Optional<Guest> guest) {
        return told instanceof NodeTold.Tasks listed
                ? listed.tasks().stream()
                        .filter(NodeTask::runs)
                        .filter(task -> SPOILED.matcher(task.type()).matches())
                        .filter(task -> task.id().isEmpty()
                                || guest.map(one -> task.isOf(one.vmid())).orElse(true))
                        .toList()
                : List.of();
    }

    private static String words(List<NodeTask> work) {
        return work.stream()
                .map(task -> task.type() + (task.id().isEmpty() ? "" : " of " + task.id()))
                .distinct()
                .collect(Collectors.joining(", ", "", work.size() == 1 ? " runs" : " run"));
    }

    private CompletableFuture<Told> ask(Node node, NodeAsk ask) {
        return tools.nodes().ask(node.id(), ask).toCompletableFuture();
    }
}
