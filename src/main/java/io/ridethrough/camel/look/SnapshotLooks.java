package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The snapshots of a guest and how old they are, by {@code qm} and {@code pct listsnapshot} on its node. */
final class SnapshotLooks implements Looks {
    /** A branch of the tree, the name, and when it was taken by the node's clock; {@code current} has no time. */
    private static final Pattern ROW =
            Pattern.compile("\\s*`->\\s+(\\S+)\\s+(\\d{4}-\\d{2}-\\d{2}) (\\d{2}:\\d{2}:\\d{2})(?:\\s.*)?");

    private final CommandLooks commands;
    private final InstantSource clock;

    SnapshotLooks(CommandLooks commands, InstantSource clock) {
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        LocalDateTime now =
                LocalDateTime.ofInstant(clock.instant(), subject.site().zone());
        return commands.run(subject.asset().orElseThrow(), probe)
                .thenApply(result -> Seeing.lines(result, lines -> snapshots(lines, now)));
    }

    private static Map<String, Object> snapshots(List<String> lines, LocalDateTime now) {
        List<String> snapshots = new ArrayList<>();
        long oldest = 0;
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                snapshots.add(row.group(1) + " of " + row.group(2));
                LocalDateTime taken = LocalDateTime.parse(row.group(2) + "T" + row.group(3));
                oldest = Math.max(oldest, Duration.between(taken, now).toDays());
            }
        }
        return Map.of("snapshots", snapshots, "oldest_days", oldest);
    }
}
