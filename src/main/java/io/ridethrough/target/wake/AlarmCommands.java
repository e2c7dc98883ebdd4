package io.ridethrough.target.wake;

import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The alarm of a machine's own clock, by {@code rtcwake} of util-linux (rtcwake(8): {@code -m no} sets the alarm and does
 * nothing else, {@code -m disable} takes it back; not every clock keeps one for longer than 24 hours). It is read back
 * from the kernel (Documentation/ABI/testing/sysfs-class-rtc): {@code wakealarm} is empty where none is set, and counts
 * in the clock's own zone, as {@code since_epoch} does, so that only the difference of the two means anything.
 */
public final class AlarmCommands {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String CLOCK = "/sys/class/rtc/rtc0/";

    private AlarmCommands() {}

    /** Has it ring once after that time, in whole seconds. */
    public static RemoteCommand set(Duration after, boolean sudo) {
        return command(sudo, "-m", "no", "-s", Long.toString(Math.max(1, after.toSeconds())));
    }

    /** Has it not ring. */
    public static RemoteCommand takeBack(boolean sudo) {
        return command(sudo, "-m", "disable");
    }

    /** Prints what the clock shows and when it rings. Any user may. */
    public static RemoteCommand read() {
        return RemoteCommand.look(LIMIT, "cat", CLOCK + "since_epoch", CLOCK + "wakealarm");
    }

    /** In how many seconds it rings, by what {@link #read} printed; empty where none is to come, or it cannot be read. */
    public static OptionalLong left(CommandResult read) {
        if (!(read instanceof CommandResult.Exited exited) || exited.code() != 0) {
            return OptionalLong.empty();
        }
        List<String> lines = exited.out().lines().map(String::strip).toList();
        if (lines.size() != 2 || !lines.stream().allMatch(line -> line.matches("[0-9]{1,15}"))) {
            return OptionalLong.empty();
        }
        long left = Long.parseLong(lines.get(1)) - Long.parseLong(lines.get(0));
        return left > 0 ? OptionalLong.of(left) : OptionalLong.empty();
    }

    private static RemoteCommand command(boolean sudo, String... options) {
        List<String> words = new java.util.ArrayList<>(List.of("rtcwake"));
        words.addAll(List.of(options));
        return new RemoteCommand(words, LIMIT, RemoteCommand.Lane.FORCED).asRoot(sudo);
    }
}
