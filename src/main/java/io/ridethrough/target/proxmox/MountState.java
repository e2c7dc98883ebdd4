package io.ridethrough.target.proxmox;

import io.ridethrough.contract.Mount;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import java.time.Duration;

/**
 * How a declared mount is at this moment. Who serves it is asked for room, which the kernel never answers from what it
 * remembers: {@code mountpoint} and {@code stat} call a mount well for a minute after its server has hung, as seen on
 * Linux 6.1 with NFS 4.2.
 *
 * @param evidence starts with where it is mounted
 */
public record MountState(Kind kind, String evidence) {
    /** What was found. */
    public enum Kind {
        /** Mounted, and its server answers. */
        ANSWERS,
        /** Nothing is mounted there; what is written there goes to the disk below. */
        ABSENT,
        /** It does not answer in time; a hard mount goes on by itself once its server does. */
        HANGS,
        /** It answers with an error, as a stale one does. */
        BROKEN,
        /** The node could not be asked. */
        UNSEEN
    }

    /** Coreutils' timeout: the time was over, or the command had to be killed. */
    private static final int TIMED_OUT = 124;

    private static final int KILLED = 137;

    /** Asks the node. */
    public static RemoteCommand ask(Mount mount, Duration limit) {
        return RemoteCommand.look(limit, "df", "--output=target", mount.at());
    }

    /** What its answer says. */
    public static MountState of(Mount mount, CommandResult result) {
        if (result instanceof CommandResult.Undelivered none) {
            return new MountState(Kind.UNSEEN, mount.at() + ": " + none.why());
        }
        if (!(result instanceof CommandResult.Exited exited) || exited.code() == TIMED_OUT || exited.code() == KILLED) {
            return new MountState(Kind.HANGS, mount.at() + " hangs");
        }
        if (exited.code() != 0) {
            return new MountState(
                    Kind.BROKEN,
                    mount.at() + " does not answer: " + exited.err().strip());
        }
        String on = exited.out().lines().reduce("", (before, last) -> last).strip();
        return on.equals(mount.at())
                ? new MountState(Kind.ANSWERS, mount.at())
                : new MountState(Kind.ABSENT, mount.at() + " is not mounted: it is a folder of " + on);
    }
}
