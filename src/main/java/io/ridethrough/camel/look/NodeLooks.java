package io.ridethrough.camel.look;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Guest;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.proxmox.GuestList;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.NodeTask;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.way.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** What a node's own interface lists. */
final class NodeLooks implements Looks {
    private final Way<NodeAsk> nodes;

    NodeLooks(Way<NodeAsk> nodes) {
        this.nodes = nodes;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        return switch (probe.ask()) {
            case STORAGES -> parts(subject.id(), NodePart.Kind.STORAGE);
            case POOLS -> parts(subject.id(), NodePart.Kind.POOL);
            case DISKS -> disks(subject.id());
            case SERVICES -> parts(subject.id(), NodePart.Kind.SERVICE);
            case UPDATES -> updates(subject.id());
            case TASKS -> tasks(subject.id());
            default -> guests(subject.id());
        };
    }

    private CompletionStage<Look> guests(AssetId node) {
        return nodes.ask(node, new NodeAsk.Guests(Guest.Form.VM))
                .thenCombine(nodes.ask(node, new NodeAsk.Guests(Guest.Form.CONTAINER)), (vms, containers) -> {
                    if (!(vms instanceof NodeTold.Listed v)) {
                        return new Look.Unseen(vms.words());
                    }
                    if (!(containers instanceof NodeTold.Listed c)) {
                        return new Look.Unseen(containers.words());
                    }
                    List<GuestList.Row> rows = new ArrayList<>(v.list().rows());
                    rows.addAll(c.list().rows());
                    return new Look.Seen(Map.of(
                            "vmids", rows.stream().map(row -> (long) row.vmid()).toList(),
                            "running",
                                    rows.stream()
                                            .filter(row -> row.status().equals("running"))
                                            .map(row -> (long) row.vmid())
                                            .toList()));
                });
    }

    /** What a node is at, by type: {@code vzdump}, {@code qmigrate}. */
    private CompletionStage<Look> tasks(AssetId node) {
        return nodes.ask(node, new NodeAsk.Working())
                .thenApply(told -> Seeing.as(
                        told,
                        NodeTold.Tasks.class,
                        tasks -> Map.of(
                                "running",
                                tasks.tasks().stream()
                                        .filter(NodeTask::runs)
                                        .map(task -> (task.type() + " " + task.id()).strip())
                                        .toList())));
    }

    private CompletionStage<Look> parts(AssetId node, NodePart.Kind kind) {
        return nodes.ask(node, new NodeAsk.Parts(kind))
                .thenApply(told -> Seeing.as(told, NodeTold.Parts.class, NodeLooks::seen));
    }

    private CompletionStage<Look> disks(AssetId node) {
        return nodes.ask(node, new NodeAsk.Parts(NodePart.Kind.DISK))
                .thenApply(told -> Seeing.as(told, NodeTold.Parts.class, parts -> {
                    Map<String, Object> seen = new TreeMap<>(seen(parts));
                    seen.put(
                            "life_left",
                            parts.parts().stream()
                                    .flatMapToInt(part -> part.lifeLeft().stream())
                                    .asLongStream()
                                    .boxed()
                                    .toList());
                    return seen;
                }));
    }

    private CompletionStage<Look> updates(AssetId node) {
        return nodes.ask(node, new NodeAsk.Parts(NodePart.Kind.UPDATE))
                .thenApply(told -> Seeing.as(
                        told,
                        NodeTold.Parts.class,
                        parts -> Map.of(
                                "waiting",
                                parts.parts().stream().map(NodePart::name).toList())));
    }

    private static Map<String, Object> seen(NodeTold.Parts parts) {
        return Map.of(
                "parts", parts.parts().stream().map(NodePart::name).toList(),
                "unwell",
                        parts.parts().stream()
                                .filter(part -> !part.isWell())
                                .map(NodePart::toString)
                                .toList());
    }
}
