package io.ridethrough.target.off;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Site;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.time.Duration;
import java.util.List;

/**
 * Commands by which a machine powers itself off later, though the session and we are gone (protocols 1.6: detach with
 * {@code systemd-run} or {@code nohup}). There is one name for it on every machine, so that a second one is refused by
 * the machine itself until the first is called back.
 */
public final class DelayedPowerOff {
    /** How long each of them may take. Where sudo knows no regular expressions it lets them through with this one alone. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String NAME = "ridethrough-off";
    private static final String TIMER = NAME + ".timer";
    private static final String PID = "/tmp/" + NAME + ".pid";
    /** DSM's own tool stops packages first; a unit without it has the plain one (protocols 2.4). */
    private static final String UNIT_OFF = "/usr/syno/sbin/synopoweroff || poweroff";
    /** Without {@code -C} a stale file would be overwritten by a second caller; with it the shell refuses. */
    private static final String START = "set -C; true >" + PID + " || exit 17; nohup sh -c 'sleep \"$1\"; " + UNIT_OFF
            + "' " + NAME + " \"$1\" >/dev/null 2>&1 </dev/null & echo $! >|" + PID;
    /** A process number may be given anew: only the command line tells that it is this one. */
    private static final String IS_OURS = "grep -qs " + NAME + " /proc/$(cat " + PID + ")/cmdline";

    private DelayedPowerOff() {}

    /** A node: a timer of its init system, exact to a second. Without that a timer may be late by a minute. */
    public static RemoteCommand ofNode(Duration delay, boolean sudo, Duration limit) {
        return timed(delay, List.of("systemctl", "poweroff"), sudo, limit);
    }

    /** A NAS whose init system has timers. */
    public static RemoteCommand ofUnit(Duration delay, boolean sudo, Duration limit) {
        return timed(delay, List.of("sh", "-c", UNIT_OFF), sudo, limit);
    }

    /** A NAS whose init system has none: a process that sleeps and belongs to nobody. */
    public static RemoteCommand ofPlainUnit(Duration delay, boolean sudo, Duration limit) {
        return command(sudo, limit, "sh", "-c", START, NAME, Long.toString(seconds(delay)));
    }

    /**
     * What a NAS is sent so, one of each: where its site carries us, since only then anything goes off after us.
     *
     * @return those that need root
     */
    public static List<RemoteCommand> besides(Contracts contracts, Nas nas) {
        boolean sudo = nas.ssh().sudo();
        Site site = contracts.sites().get(nas.id().site());
        return site == null || site.orchestrator().runsOn().isEmpty()
                ? List.of()
                : List.of(
                        ofUnit(LIMIT, sudo, LIMIT),
                        callBack(sudo, LIMIT),
                        ofPlainUnit(LIMIT, sudo, LIMIT),
                        wakeAndEnd(sudo, LIMIT));
    }

    /** Exits with 0 while a timer is pending, and prints how it stands. */
    public static RemoteCommand isPending(Duration limit) {
        return RemoteCommand.look(limit, "systemctl", "is-active", TIMER);
    }

    /** Exits with 0 while the sleeping process is there. */
    public static RemoteCommand isAsleep(Duration limit) {
        return RemoteCommand.look(limit, "sh", "-c", IS_OURS);
    }

    /** Takes the timer away. */
    public static RemoteCommand callBack(boolean sudo, Duration limit) {
        return command(sudo, limit, "systemctl", "stop", TIMER);
    }

    /** Ends the sleeping process, if it is ours, and makes room for another. */
    public static RemoteCommand wakeAndEnd(boolean sudo, Duration limit) {
        return command(sudo, limit, "sh", "-c", "if " + IS_OURS + "; then kill $(cat " + PID + "); fi; rm -f " + PID);
    }

    private static RemoteCommand timed(Duration delay, List<String> off, boolean sudo, Duration limit) {
        List<String> words = new java.util.ArrayList<>(List.of(
                "systemd-run",
                "--collect",
                "--unit=" + NAME,
                "--on-active=" + seconds(delay),
                "--timer-property=AccuracySec=1s"));
        words.addAll(off);
        return command(sudo, limit, words.toArray(String[]::new));
    }

    private static RemoteCommand command(boolean sudo, Duration limit, String... words) {
        return new RemoteCommand(List.of(words), limit, Lane.FORCED).asRoot(sudo);
    }

    private static long seconds(Duration delay) {
        return Math.max(1, delay.plusNanos(999_999_999).toSeconds());
    }
}
