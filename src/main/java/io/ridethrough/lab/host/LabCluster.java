package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A simulated cluster of nodes: its quorum, and its high availability with the two daemons of each node (protocols 1.3,
 * 1.4; pve-docs, ha-manager.adoc).
 */
final class LabCluster {
    /** One round of its daemons. */
    private static final Duration ROUND = Duration.ofSeconds(10);

    /** The daemon that runs a node's resources and holds its watchdog. */
    static final String LRM = "pve-ha-lrm";

    /** The daemon that decides for the cluster. */
    static final String CRM = "pve-ha-crm";

    private static final List<String> DISARM = List.of("cluster", "ha", "status", "disarm-ha");

    private static final String IGNORED = "ignored";

    private final String name;
    private final List<LabHost> nodes;
    private final LabModel model;
    private final Map<AssetId, String> resources = new TreeMap<>();
    /** In which boot of a node a daemon was stopped: its next boot starts it again. */
    private final Map<String, String> stopped = new TreeMap<>();

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

    /** Somebody has it look after that guest, in that state. */
    void lookAfter(AssetId guest, String state) {
        resources.put(guest, state);
        model.guest(guest).ifPresent(one -> model.clock.after(ROUND, () -> carryOut(one)));
    }

    boolean looksAfter(AssetId guest) {
        return armed.equals("armed") && !resources.getOrDefault(guest, IGNORED).equals(IGNORED);
    }

    /** The state that is asked for it; empty when it is none of the resources. */
    Optional<String> asked(AssetId guest) {
        return Optional.ofNullable(resources.get(guest));
    }

    /** What {@code ha-manager set} does: written where there is quorum, carried out one round later. */
    Reply set(LabHost by, String sid, String state) {
        Optional<LabGuest> guest = resources.keySet().stream()
                .flatMap(id -> model.guest(id).stream())
                .filter(one -> sid(one).equals(sid))
                .findFirst();
        if (guest.isEmpty()) {
            return Reply.failed(255, "no such resource '" + sid + "'");
        }
        if (!isQuorate()) {
            return Reply.failed(255, "unable to write '/etc/pve/ha/resources.cfg' - no quorum?");
        }
        model.events.note(by.id(), "ha-manager", "set", sid + "=" + state, "call");
        resources.put(guest.get().id(), state);
        model.clock.after(ROUND, () -> carryOut(guest.get()));
        return Reply.ok();
    }

    private void carryOut(LabGuest guest) {
        boolean decided = isQuorate() && armed.equals("armed") && up().stream().anyMatch(node -> runs(node, CRM));
        boolean done =
                up().stream().anyMatch(node -> node.id().equals(guest.declared().runsOn()) && runs(node, LRM));
        String state = resources.getOrDefault(guest.id(), IGNORED);
        if (!decided || !done) {
            return;
        }
        if (state.equals("started") && !guest.isRunning()) {
            var unused = guest.start();
        } else if (state.equals("stopped") && guest.isRunning()) {
            var unused = guest.shutdown(Duration.ofMinutes(3), false);
        }
    }

    boolean runs(LabHost node, String daemon) {
        return !node.bootId().equals(stopped.get(node.id() + " " + daemon));
    }

    void stop(LabHost node, String daemon) {
        model.events.note(node.id(), "systemctl", "stop", daemon, "call");
        stopped.put(node.id() + " " + daemon, node.bootId());
    }

    void start(LabHost node, String daemon) {
        model.events.note(node.id(), "systemctl", "start", daemon, "call");
        stopped.remove(node.id() + " " + daemon);
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

    /** A node went off. Those left without quorum whose watchdog is held for some resource are reset after 60 s. */
    void left() {
        if (armed.equals("armed") && !resources.isEmpty() && !isQuorate()) {
            up().stream()
                    .filter(node -> runs(node, LRM))
                    .forEach(node -> model.events.note(node.id(), "watchdog", "fence", "-", "violation"));
        }
    }

    /** The wish is queued, the task is over, and the guest is as before (protocols 1.3): it is the state asked for now. */
    Optional<CompletableFuture<Reply>> queued(LabGuest guest, String verb) {
        if (!looksAfter(guest.id())) {
            return Optional.empty();
        }
        resources.put(guest.id(), verb.equals("start") ? "started" : "stopped");
        model.clock.after(ROUND, () -> carryOut(guest));
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
        return resources.keySet().stream()
                .flatMap(id -> model.guest(id).stream())
                .map(guest -> "{\"sid\":\"" + sid(guest) + "\",\"type\":\"vm\",\"state\":\"" + resources.get(guest.id())
                        + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String sid(LabGuest guest) {
        return (guest.command().equals("qm") ? "vm:" : "ct:") + guest.declared().vmid();
    }

    /** What {@code disarm-ha} made of it is told from the version on that has it. */
    String current() {
        boolean told =
                ProxmoxSchema.parameters("POST", DISARM, nodes.get(0).version()).isPresent();
        return "[{\"id\":\"quorum\",\"type\":\"quorum\",\"quorate\":" + (isQuorate() ? 1 : 0)
                + "},{\"id\":\"fencing\",\"type\":\"fencing\""
                + (told ? ",\"armed-state\":\"" + armed + "\"" : "") + "}]";
    }
}
