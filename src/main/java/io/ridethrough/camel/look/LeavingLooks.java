package io.ridethrough.camel.look;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Control;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What destroyed guests have left on the storages of a node: volumes and backups, by {@code pvesm list}. A storage that
 * does not answer leaves the whole unseen: what is on it is not known.
 */
final class LeavingLooks implements Looks {
    /** Volume, format, content, size, and the guest that it is of; what is of nobody has no guest. */
    private static final Pattern ROW = Pattern.compile("(\\S+)\\s+\\S+\\s+\\S+\\s+\\d+\\s+(\\d+)\\s*");

    private final CommandLooks commands;
    private final Way<NodeAsk> nodes;

    LeavingLooks(CommandLooks commands, Way<NodeAsk> nodes) {
        this.commands = commands;
        this.nodes = nodes;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        return nodes.ask(subject.id(), new NodeAsk.Parts(NodePart.Kind.STORAGE))
                .thenCompose(told -> of(told, subject, probe.limit().dividedBy(2)));
    }

    private CompletionStage<Look> of(Told told, Subject subject, Duration limit) {
        if (!(told instanceof NodeTold.Parts storages)) {
            return Seeing.unseen(told.words());
        }
        Asset node = subject.asset().orElseThrow();
        Set<Integer> gone = new HashSet<>(subject.site().posture().destroyed());
        CompletionStage<Look> all = CompletableFuture.completedStage(new Look.Seen(Map.of("left", List.of())));
        for (NodePart storage : storages.parts()) {
            if (storage.isWell()) {
                CompletionStage<Look> one = commands.run(node, List.of("pvesm", "list", storage.name()), limit)
                        .thenApply(result -> Seeing.lines(result, lines -> Map.of("left", left(lines, gone))));
                all = all.thenCombine(one, LeavingLooks::both);
            }
        }
        return all;
    }

    private static List<String> left(List<String> lines, Set<Integer> gone) {
        return lines.stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .filter(row -> gone.contains(Integer.valueOf(row.group(2))))
                .map(row -> row.group(1))
                .toList();
    }

    private static Look both(Look one, Look other) {
        if (one instanceof Look.Seen first && other instanceof Look.Seen second) {
            List<Object> left = new ArrayList<>((List<?>) first.values().get("left"));
            left.addAll((List<?>) second.values().get("left"));
            return new Look.Seen(Map.of("left", left));
        }
        return one instanceof Look.Unseen ? one : other;
    }
}
