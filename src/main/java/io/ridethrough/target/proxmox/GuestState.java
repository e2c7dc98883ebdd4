package io.ridethrough.target.proxmox;

import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code qm status} or {@code pct status} told of a guest (protocols 1.6). */
public sealed interface GuestState {
    /** It is there, of that kind, in that state: running, stopped, paused, prelaunch, io-error ... */
    record At(String word) implements GuestState {
        public boolean stopped() {
            return word.equals("stopped");
        }

        public boolean running() {
            return word.equals("running");
        }
    }

    /** No guest of that kind has that number on that node; one of the other kind may. */
    record NoSuch(String why) implements GuestState {}

    /** Nothing can be said: no answer, or one that is no state. */
    record Unreadable(String why) implements GuestState {}

    Pattern STATUS = Pattern.compile("(?m)^status:[ \\t]*(\\S+)[ \\t\\r]*$");
    Pattern NO_CONFIGURATION = Pattern.compile("Configuration file '[^']*' does not exist");

    /** Reads an answer. Emptiness and errors are never a state. */
    static GuestState read(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return new Unreadable(Said.by(result));
        }
        if (exited.code() != 0) {
            Matcher missing = NO_CONFIGURATION.matcher(exited.err());
            return missing.find() ? new NoSuch(missing.group()) : new Unreadable(Said.by(result));
        }
        Matcher status = STATUS.matcher(exited.out());
        return status.find() ? new At(status.group(1)) : new Unreadable("no status in: " + Said.by(result));
    }
}
