package io.ridethrough.target;

import io.ridethrough.target.ssh.CommandResult;

/** What came of a command, as one line of evidence. */
public final class Said {
    private static final int LONGEST = 300;

    private Said() {}

    /** One line of at most about 300 characters; standard error first where there is any. */
    public static String by(CommandResult result) {
        if (result instanceof CommandResult.Exited exited) {
            String text = exited.err().isBlank() ? exited.out() : exited.err();
            return text.isBlank() ? "exit " + exited.code() : "exit " + exited.code() + ": " + line(text);
        }
        if (result instanceof CommandResult.TimedOut timedOut) {
            return line("ended by its time limit " + timedOut.err());
        }
        if (result instanceof CommandResult.Lost lost) {
            return line("connection lost: " + lost.why());
        }
        CommandResult.Undelivered undelivered = (CommandResult.Undelivered) result;
        return line("not delivered (" + undelivered.cause() + "): " + undelivered.why());
    }

    /** Untrusted text on one line, cut, without control characters. */
    public static String line(String text) {
        String flat = text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " | ").replaceAll("\\p{Cntrl}", "?");
        return flat.length() <= LONGEST ? flat : flat.substring(0, LONGEST) + " ...";
    }
}
