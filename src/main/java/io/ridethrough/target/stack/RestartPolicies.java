package io.ridethrough.target.stack;

import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which containers that run now docker starts again with their host. It does so by {@code always} and
 * {@code unless-stopped} alone: {@code on-failure} heeds the container's own end, and not that of the daemon (docker,
 * start containers automatically). What has ended is judged by nobody: a one-shot is done.
 */
public sealed interface RestartPolicies {
    /** Name, state and policy, a container a line. */
    String FORMAT = "{{.Name}} {{.State.Status}} {{.HostConfig.RestartPolicy.Name}}";

    /** Of the containers that run: {@code name (policy)}. */
    record Told(List<String> comingBack, List<String> stayingDown) implements RestartPolicies {
        public Told {
            comingBack = List.copyOf(comingBack);
            stayingDown = List.copyOf(stayingDown);
        }
    }

    /** Nothing can be said. */
    record Unreadable(String why) implements RestartPolicies {}

    /** The ids of a list; empty where a line is none. */
    static List<String> ids(String out) {
        List<String> ids =
                out.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return ids.stream().allMatch(id -> id.matches("[0-9a-f]{12,64}")) ? ids : List.of();
    }

    /** Reads what was printed; without a policy there is none, which is {@code no}. */
    static RestartPolicies read(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited) || exited.code() != 0) {
            return new Unreadable(Said.by(result));
        }
        Pattern row = Pattern.compile("/?(\\S+) (\\S+) ?(\\S*)");
        List<String> back = new ArrayList<>();
        List<String> down = new ArrayList<>();
        for (String line : exited.out().lines().filter(one -> !one.isBlank()).toList()) {
            Matcher one = row.matcher(line.strip());
            if (!one.matches()) {
                return new Unreadable("no container: " + Said.line(line));
            }
            if (Set.of("running", "restarting", "paused").contains(one.group(2))) {
                String policy = one.group(3).isEmpty() ? "no" : one.group(3);
                boolean returns = Set.of("always", "unless-stopped").contains(policy);
                (returns ? back : down).add(one.group(1) + " (" + policy + ")");
            }
        }
        return new Told(back, down);
    }
}
