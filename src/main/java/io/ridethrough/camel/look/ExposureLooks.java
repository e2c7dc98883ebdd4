package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What of a node may be seen from elsewhere and who may log in, by {@code ss} and {@code getent} on it. */
final class ExposureLooks implements Looks {
    /** Shells that end at once. */
    private static final Set<String> CLOSED = Set.of("nologin", "false", "sync");

    private final CommandLooks commands;

    ExposureLooks(CommandLooks commands) {
        this.commands = commands;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        boolean ports = probe.ask() == Control.Ask.LISTENING;
        return commands.run(subject.asset().orElseThrow(), probe)
                .thenApply(result -> Seeing.lines(
                        result,
                        lines -> ports ? Map.of("listening", ports(lines)) : Map.of("accounts", accounts(lines))));
    }

    /** Of state, two queues, and the local address with the port behind its last colon. */
    private static List<Long> ports(List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length > 3 && !isLoopback(words[3]))
                .map(words -> words[3].substring(words[3].lastIndexOf(':') + 1))
                .filter(port -> port.matches("\\d{1,5}"))
                .map(Long::valueOf)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isLoopback(String local) {
        return local.startsWith("127.") || local.startsWith("[::1]") || local.startsWith("[::ffff:127.");
    }

    /** Seven fields with colons between: the account is the first, its shell the last; none is a shell too. */
    private static List<String> accounts(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length == 7)
                .filter(fields -> !CLOSED.contains(fields[6].substring(fields[6].lastIndexOf('/') + 1)))
                .map(fields -> fields[0])
                .sorted()
                .toList();
    }
}
