package io.ridethrough.camel.look;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Control;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.ssh.AssetCommand;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** What a command says, on the asset itself or on what carries it. */
final class CommandLooks implements Looks {
    /** Lines of a command that are looked at; what has more is cut. */
    private static final int MANY = 500;
    /** Of coreutils' timeout: the time was over. */
    private static final int TIMED_OUT = 124;
    /** The time was over, or there is no such program, or it was killed: nothing is told by that. */
    private static final Set<Integer> NOTHING_TOLD = Set.of(TIMED_OUT, 126, 127, 137);

    private final Shell shell;

    CommandLooks(Shell shell) {
        this.shell = shell;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        return run(subject.asset().orElseThrow(), probe).thenApply(CommandLooks::told);
    }

    /** What comes of what the control asks of the asset by a command of fixed words. */
    CompletionStage<CommandResult> run(Asset asset, Control.Probe probe) {
        return run(AssetCommand.of(probe, asset).orElseThrow());
    }

    /** What comes of that on the asset, with what stands for something of it filled in. */
    CompletionStage<CommandResult> run(Asset asset, List<String> run, Duration limit) {
        return run(AssetCommand.of(run, asset, limit));
    }

    private CompletionStage<CommandResult> run(AssetCommand one) {
        return shell.run(one.on(), one.command());
    }

    private static Look told(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return new Look.Unseen(String.valueOf(result));
        }
        if (NOTHING_TOLD.contains(exited.code())) {
            return new Look.Unseen("exit " + exited.code() + ": " + exited.err().strip());
        }
        List<String> lines = exited.out()
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank())
                .limit(MANY)
                .toList();
        Map<String, String> values = new TreeMap<>();
        List<String> first = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.strip().split("[:\\s]+", 2);
            first.add(line.strip().split("\\s+", 2)[0]);
            values.put(words[0], words.length > 1 ? words[1].strip() : "");
        }
        return new Look.Seen(Map.of(
                "exit",
                (long) exited.code(),
                "text",
                exited.out(),
                "lines",
                lines,
                "first",
                first,
                "value",
                values,
                "percent",
                percent(lines)));
    }

    /** The number of the last line that is a percentage; -1 without one. */
    private static long percent(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,3}%"))
                .mapToLong(line -> Long.parseLong(line.substring(0, line.length() - 1)))
                .reduce(-1, (before, last) -> last);
    }
}
