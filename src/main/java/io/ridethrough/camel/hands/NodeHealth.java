package io.ridethrough.camel.hands;

import io.ridethrough.contract.Node;
import io.ridethrough.run.Sight;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.NodePart.Kind;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.way.Told;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Storages, ZFS pools and services of a node. What may not be seen, or is listed as nothing, is never well. */
final class NodeHealth {
    private final Tools tools;

    NodeHealth(Tools tools) {
        this.tools = tools;
    }

    /** Desired only when every part was told and is well; every trouble is named, not the first alone. */
    CompletionStage<Sight> look(Node node, Set<Kind> kinds) {
        Map<Kind, CompletableFuture<Told>> asked = new EnumMap<>(Kind.class);
        for (Kind kind : kinds) {
            asked.put(
                    kind, tools.nodes().ask(node.id(), new NodeAsk.Parts(kind)).toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> judged(asked));
    }

    private static Sight judged(Map<Kind, CompletableFuture<Told>> asked) {
        List<String> well = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        asked.forEach((kind, future) -> {
            Told told = future.join();
            String name = kind.name().toLowerCase(Locale.ROOT) + "s";
            if (!(told instanceof NodeTold.Parts parts)) {
                unseen.add(
                        "its " + name + " cannot be seen: " + Answers.of(told).evidence());
            } else if (parts.parts().isEmpty() && kind != Kind.POOL) {
                unseen.add("it lists no " + name);
            } else {
                well.add(parts.parts().size() + " " + name);
                parts.parts().stream()
                        .filter(part -> !part.isWell())
                        .map(NodePart::toString)
                        .forEach(troubles::add);
            }
        });
        if (!troubles.isEmpty()) {
            troubles.addAll(unseen);
            return new Sight.Other(String.join("; ", troubles));
        }
        return unseen.isEmpty()
                ? new Sight.Desired(String.join(", ", well) + " are well")
                : new Sight.Unseen(String.join("; ", unseen));
    }
}
