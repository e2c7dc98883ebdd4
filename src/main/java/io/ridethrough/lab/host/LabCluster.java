package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A simulated cluster of nodes: its quorum, and its high availability (protocols 1.3, 1.4). */
final class LabCluster {
    /** One round of its daemons. */
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final String name;
    private final List<LabHost> nodes;
    private final LabModel model;
    private final Set<AssetId> resources = new TreeSet<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private String armed = "armed";

    LabCluster(String name, List<LabHost> nodes, LabModel model) {
        this.name = name;
        this.nodes = List.copyOf(nodes);
        this.model = model;
    }

    boolean holds(AssetId node) {
        return nodes.stream().anyMatch(one -> one.id().equals(node));
    }

    /** Somebody has it look after that guest. */
    void lookAfter(AssetId guest) {
        resources.add(guest);
    }

    boolean looksAfter(AssetId guest) {
        return armed.equals("armed") && resources.contains(guest);
    }

    /** More than half of it is up. */
    boolean isQuorate() {
        return 2 * up().size() > nodes.size();
    }

    private List<LabHost> up() {
        return nodes.stream()
                .filter(node -> node.state() == LabHost.State.UP || node.state() == LabHost.State.STOPPING)
                .toList();
    }

    /** At once when it is quorate; otherwise as soon as it is. */
    void whenQuorate(Runnable then) {
        waiting.add(then);
        if (isQuorate()) {
            List<Runnable> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(Runnable::run);
        }
    }

    /** A node went off. While it is armed and looks after something, those left without quorum are reset after 60 s. */
    void left() {
        if (armed.equals("armed") && !resources.isEmpty() && !isQuorate()) {
            up().forEach(node -> model.events.note(node.id(), "watchdog", "fence", "-", "violation"));
        }
    }

    /** The wish is queued, the task is over, and the guest is as before (protocols 1.3). */
    Optional<CompletableFuture<Reply>> queued(LabGuest guest, String verb) {
        if (!looksAfter(guest.id())) {
            return Optional.empty();
        }
        model.clock.after(ROUND, () -> {
            var unused = verb.equals("start") ? guest.start() : guest.shutdown(Duration.ofMinutes(3), false);
        });
        return Optional.of(Reply.ok().now());
    }

    /** What {@code disarm-ha} and {@code arm-ha} do; every node has let go one round later. */
    void arm(boolean wanted) {
        nodes.stream()
                .findFirst()
                .ifPresent(node -> model.events.note(node.id(), "ha", wanted ? "arm" : "disarm", name, "call"));
        armed = wanted ? "armed" : "disarming";
        if (!wanted) {
            model.clock.after(ROUND, () -> armed = armed.equals("disarming") ? "disarmed" : armed);
        }
    }

    String status(AssetId asked) {
        return nodes.stream()
                .map(node -> "{\"type\":\"node\",\"id\":\"node/" + node.nodeName() + "\",\"name\":\""
                        + node.nodeName() + "\",\"ip\":\"" + model.address(node.id()) + "\",\"online\":"
                        + (up().contains(node) ? 1 : 0) + ",\"local\":"
                        + (node.id().equals(asked) ? 1 : 0) + "}")
                .collect(Collectors.joining(
                        ",",
                        "[{\"type\":\"cluster\",\"id\":\"cluster\",\"name\":\"" + name + "\",\"nodes\":" + nodes.size()
                                + ",\"quorate\":" + (isQuorate() ? 1 : 0) + "},",
                        "]"));
    }

    String resources() {
        return resources.stream()
                .flatMap(id -> model.guest(id).stream())
                .map(guest -> "{\"sid\":\"" + (guest.command().equals("qm") ? "vm:" : "ct:")
                        + guest.declared().vmid() + "\",\"type\":\"vm\",\"state\":\"started\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    String current() {
        return "[{\"id\":\"quorum\",\"type\":\"quorum\",\"quorate\":" + (isQuorate() ? 1 : 0)
                + "},{\"id\":\"fencing\",\"type\":\"fencing\",\"armed-state\":\"" + armed + "\"}]";
    }
}
