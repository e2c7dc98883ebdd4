package io.ridethrough.target.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.Said;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.proxmox.NodePart.Kind;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.way.Commanded;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks a node for its parts by the command line, and reads what it prints (protocols 1.6). */
final class PartCommands {
    /** A storage whose server is gone answers late, and one that hangs never: the time limit ends it. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private static final Pattern NO_POOLS =
            Pattern.compile("no pools available|ZFS modules (are not|cannot be) loaded");

    private PartCommands() {}

    static RemoteCommand of(Kind kind, String nodeName, boolean sudo) {
        List<String> words =
                switch (kind) {
                    case STORAGE -> List.of("pvesm", "status");
                    case POOL -> List.of("zpool", "list", "-H", "-o", "name,health");
                    case DISK -> listed(nodeName, "/disks/list");
                    case UPDATE -> listed(nodeName, "/apt/update");
                    case SERVICE ->
                        Stream.concat(Stream.of("systemctl", "is-active"), NodePart.SERVICES.stream())
                                .toList();
                };
        return new RemoteCommand(words, LOOK, RemoteCommand.Lane.LOOK).asRoot(sudo);
    }

    private static List<String> listed(String nodeName, String path) {
        return List.of("pvesh", "get", "/nodes/" + nodeName + path, "--output-format", "json");
    }

    static Told read(Kind kind, CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return Commanded.told(result);
        }
        if (kind == Kind.SERVICE) {
            return services(result, exited.out()); // not 0 as soon as one of them is not active
        }
        if (kind == Kind.DISK) {
            return listed(kind, exited, NodeDisks::read);
        }
        if (kind == Kind.UPDATE) {
            return listed(kind, exited, NodeUpdates::read);
        }
        if (kind == Kind.POOL && NO_POOLS.matcher(exited.err() + exited.out()).find()) {
            return new NodeTold.Parts(List.of());
        }
        return exited.code() == 0 ? rows(kind, result, exited.out()) : unread(kind, result);
    }

    private static Told listed(Kind kind, CommandResult.Exited exited, Function<JsonNode, List<NodePart>> reading) {
        return Optional.of(exited)
                .filter(one -> one.code() == 0)
                .flatMap(one -> Reply.json(one.out()))
                .filter(JsonNode::isArray)
                .<Told>map(rows -> new NodeTold.Parts(reading.apply(rows)))
                .orElseGet(() -> unread(kind, exited));
    }

    private static Told services(CommandResult result, String out) {
        List<String> words = out.lines().map(String::strip).toList();
        if (words.size() != NodePart.SERVICES.size()) {
            return unread(Kind.SERVICE, result);
        }
        List<NodePart> parts = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            parts.add(new NodePart(Kind.SERVICE, NodePart.SERVICES.get(i), words.get(i)));
        }
        return new NodeTold.Parts(parts);
    }

    /** {@code pvesm status} has a header, and the status in its third column; {@code zpool list -H} has neither. */
    private static Told rows(Kind kind, CommandResult result, String out) {
        boolean storages = kind == Kind.STORAGE;
        int status = storages ? 2 : 1;
        List<NodePart> parts = new ArrayList<>();
        for (String line :
                out.lines().skip(storages ? 1 : 0).filter(one -> !one.isBlank()).toList()) {
            List<String> columns = Arrays.asList(line.strip().split("\\s+", -1));
            if (columns.size() <= status) {
                return unread(kind, result);
            }
            parts.add(new NodePart(kind, columns.get(0), columns.get(status)));
        }
        return new NodeTold.Parts(parts);
    }

    private static Told unread(Kind kind, CommandResult result) {
        return new Told.Declined("no list of its " + kind + "s: " + Said.by(result));
    }
}
