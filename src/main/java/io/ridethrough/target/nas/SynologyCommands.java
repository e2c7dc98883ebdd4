package io.ridethrough.target.nas;

import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.time.Duration;
import java.util.List;

/** The power-off of a Synology unit (protocols 2.4). */
public final class SynologyCommands {
    static final int NOT_FOUND = 127;

    private SynologyCommands() {}

    /** DSM's own power-off, which stops packages first. Needs root; without it it refuses, and says so in its exit code. */
    public static RemoteCommand powerOff(boolean sudo, Duration limit) {
        return command(sudo, limit, "/usr/syno/sbin/synopoweroff");
    }

    /** The plain power-off, for a unit that has no DSM tools. */
    public static RemoteCommand plainPowerOff(boolean sudo, Duration limit) {
        return command(sudo, limit, "poweroff");
    }

    /** Both, through sudo. */
    public static List<RemoteCommand> ofRoot() {
        return List.of(powerOff(true, Duration.ofMinutes(1)), plainPowerOff(true, Duration.ofMinutes(1)));
    }

    /** Whether the answer means that the unit does not know DSM's tool: nothing was begun. */
    public static boolean isUnknown(CommandResult result) {
        return result instanceof CommandResult.Exited exited
                && (exited.code() == NOT_FOUND
                        || (exited.code() != 0 && exited.err().contains("synopoweroff: command not found")));
    }

    /** What its own NFS server says that it exports: an answer of that server, not of its settings. */
    public static RemoteCommand exports() {
        return RemoteCommand.look(Duration.ofSeconds(15), "showmount", "-e", "127.0.0.1");
    }

    private static RemoteCommand command(boolean sudo, Duration limit, String program) {
        return new RemoteCommand(List.of(program), limit, Lane.FORCED).asRoot(sudo);
    }
}
