package io.ridethrough.target.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A command for a remote POSIX shell. Arguments are data: they are quoted here and nowhere else, so that no value can
 * become a second command.
 *
 * @param arguments program first; no NUL and no line break inside any
 * @param limit the far side ends it after this time ({@code timeout}), and we stop waiting shortly after
 * @param lane which traffic it belongs to; lanes never queue behind one another
 */
public record RemoteCommand(List<String> arguments, Duration limit, Lane lane) {
    /** Kinds of traffic. Looks and forced stops never wait behind blocking commands. */
    public enum Lane {
        BLOCKING,
        LOOK,
        FORCED
    }

    public RemoteCommand {
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        for (String argument : arguments) {
            if (argument.chars().anyMatch(c -> c == 0 || c == '\n' || c == '\r')) {
                throw new IllegalArgumentException("an argument holds NUL or a line break");
            }
        }
    }

    public static RemoteCommand look(Duration limit, String... arguments) {
        return new RemoteCommand(List.of(arguments), limit, Lane.LOOK);
    }

    /** The same command run through {@code sudo -n}. */
    public RemoteCommand asRoot(boolean sudo) {
        if (!sudo) {
            return this;
        }
        List<String> prefixed = new ArrayList<>(List.of("sudo", "-n"));
        prefixed.addAll(arguments);
        return new RemoteCommand(prefixed, limit, lane);
    }
}
