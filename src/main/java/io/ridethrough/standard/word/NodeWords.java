package io.ridethrough.standard.word;

import io.ridethrough.contract.BackupTarget;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Posture;
import java.time.Duration;
import java.util.List;

/** What is said of a node. */
final class NodeWords {
    static final List<Word<Node>> ALL = List.of(
            Word.text("asset.version", (node, at) -> node.version()),
            Word.text("asset.node_name", (node, at) -> node.nodeName()),
            Word.text("asset.address", (node, at) -> node.address()),
            Word.texts(
                    "asset.mounts",
                    (node, at) -> node.mounts().stream().map(Mount::at).toList()),
            Word.numbers("asset.exposed_ports", (node, at) -> exposure(node, at).ports()),
            Word.texts("asset.accounts", (node, at) -> exposure(node, at).accounts()),
            Word.number("asset.wake_ways", (node, at) -> node.wake().size()),
            Word.truth("asset.has_api", (node, at) -> node.api().isPresent()),
            Word.number("asset.backup_hours", (node, at) -> targets(node, at).stream()
                    .map(BackupTarget::limit)
                    .min(Duration::compareTo)
                    .map(Duration::toHours)
                    .orElse(0L)),
            Word.texts("asset.keeps", (node, at) -> targets(node, at).stream()
                    .map(BackupTarget::keeps)
                    .filter(keeps -> !keeps.isEmpty())
                    .distinct()
                    .toList()));

    private NodeWords() {}

    private static Posture.Exposure exposure(Node node, At at) {
        return at.site().posture().exposures().getOrDefault(node.id(), new Posture.Exposure(List.of(), List.of()));
    }

    /** The targets that the node's own schedule makes: whole guests of its own. */
    private static List<BackupTarget> targets(Node node, At at) {
        return at.site().upkeep().backups().stream()
                .filter(target -> target.kind() == BackupTarget.Kind.GUESTS)
                .filter(target -> at.site().guests().stream()
                        .anyMatch(guest ->
                                guest.runsOn().equals(node.id()) && target.of().contains(guest.id())))
                .toList();
    }
}
