package io.ridethrough.target;

import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The id that a Linux kernel draws at each boot: proof that a host is on, and which boot of it answers. */
public record BootId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F-]{16,40}");

    /** Prints it; needs no privileges. */
    public static RemoteCommand ask() {
        return RemoteCommand.look(Duration.ofSeconds(10), "cat", "/proc/sys/kernel/random/boot_id");
    }

    /** Reads the answer; empty when it holds none. */
    public static Optional<BootId> read(CommandResult result) {
        if (result instanceof CommandResult.Exited exited && exited.code() == 0) {
            String text = exited.out().strip();
            return FORM.matcher(text).matches() ? Optional.of(new BootId(text)) : Optional.empty();
        }
        return Optional.empty();
    }
}
