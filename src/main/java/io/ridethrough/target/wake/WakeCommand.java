package io.ridethrough.target.wake;

import io.ridethrough.contract.WakeWay;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.way.Commanded;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How a helper on the same LAN sends magic packets, by the tool {@code wakeonlan}: they cross no router (protocols 10). */
public final class WakeCommand {
    /** What a shell, and {@code timeout}, say of a program that is not there. */
    public static final int NOT_INSTALLED = 127;

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int TIMES = 3;
    private static final String TOOL = "wakeonlan";

    private WakeCommand() {}

    /** Exits 0 where the tool is there; sends nothing. */
    public static RemoteCommand isThere() {
        return RemoteCommand.look(LIMIT, "sh", "-c", "command -v " + TOOL);
    }

    /** What {@link #isThere} tells. Some shells say nothing, and exit with 1, where there is no such program. */
    public static Told told(CommandResult isThere) {
        boolean none = isThere instanceof CommandResult.Exited exited
                && (exited.code() == NOT_INSTALLED
                        || (exited.code() == 1 && exited.err().isBlank()));
        if (none) {
            return new Told.Declined(TOOL + " is not installed, by which it is to wake others");
        }
        Told told = Commanded.told(isThere);
        return told instanceof Told.Done ? new Told.Done("has the program that wakes others") : told;
    }

    /** Three packets to every declared address. */
    public static RemoteCommand of(WakeWay.WakeOnLan way) {
        List<String> words = new ArrayList<>(List.of(TOOL, "-i", way.broadcast(), "-p", Integer.toString(way.port())));
        for (int i = 0; i < TIMES; i++) {
            words.addAll(way.macs());
        }
        return new RemoteCommand(words, LIMIT, RemoteCommand.Lane.BLOCKING);
    }
}
