package io.ridethrough.target.proxmox;

import io.ridethrough.contract.Mount;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a declared mount is at this moment. Who serves it is asked for room, which the kernel never answers from what it
 * remembers: {@code mountpoint} and {@code stat} call a mount well for a minute after its server has hung, as seen on
 * Linux 6.1 with NFS 4.2.
 *
 * @param evidence starts with where it is declared to be mounted
 */
public record MountState(Kind kind, String evidence) {
    /** What was found. */
    public enum Kind {
        /** Mounted, and its server answers. */
        ANSWERS,
        /** Nothing is mounted there; what is written there goes to the disk below. */
        ABSENT,
        /** Its server no longer knows it: it answers with an error until it is mounted anew. */
        STALE,
        /** It does not answer in time; a hard mount goes on by itself once its server does. */
        HANGS,
        /** It is there with an error, or elsewhere than declared: a person has to look. */
        AMISS,
        /** The node could not be asked, or could not say. */
        UNSEEN
    }

    /** From here on an exit says of env(1) and timeout(1) that the command could not be run. */
    private static final int NOT_RUN = 125;

    /** Asks the node; its words are matched, so they are asked for in one language. */
    public static RemoteCommand ask(Mount mount, Duration limit) {
        return RemoteCommand.look(limit, "env", "LC_ALL=C", "df", "--output=target", mount.at());
    }

    /** What its answer says. */
    public static MountState of(Mount mount, CommandResult result) {
        if (result instanceof CommandResult.Exited exited) {
            return exited(mount.at(), exited);
        }
        if (result instanceof CommandResult.TimedOut) {
            return new MountState(Kind.HANGS, mount.at() + " hangs");
        }
        return new MountState(Kind.UNSEEN, mount.at() + " is not told: " + result);
    }

    private static MountState exited(String at, CommandResult.Exited exited) {
        String error = exited.err().strip();
        if (exited.code() == 0) {
            return onto(
                    at, exited.out().lines().reduce("", (before, last) -> last).strip());
        }
        if (exited.code() >= NOT_RUN) {
            return new MountState(Kind.UNSEEN, at + ": df ended with " + exited.code() + " " + error);
        }
        if (error.endsWith("No such file or directory")) {
            return new MountState(Kind.ABSENT, at + " is not mounted: there is no such folder");
        }
        return new MountState(
                error.endsWith("Stale file handle") ? Kind.STALE : Kind.AMISS, at + " does not answer: " + error);
    }

    /** @param on where what is at that path is mounted */
    private static MountState onto(String at, String on) {
        Path path = Path.of(at).normalize();
        if (on.isEmpty()) {
            return new MountState(Kind.UNSEEN, at + ": df said nothing");
        }
        if (path.equals(Path.of(on))) {
            return new MountState(Kind.ANSWERS, at);
        }
        return path.startsWith(on)
                ? new MountState(Kind.ABSENT, at + " is not mounted: it is a folder of " + on)
                : new MountState(Kind.AMISS, at + " is a link to what is mounted on " + on + ": declare that");
    }
}
