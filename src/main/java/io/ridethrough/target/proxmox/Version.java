package io.ridethrough.target.proxmox;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Proxmox VE version as far as it decides what may be sent. Text that is none counts as 0.0: the oldest. */
public record Version(int major, int minor) {
    /** From here on a stop may end the shutdown that holds its guest's lock (protocols 1.4). */
    public static final Version OVERRULES = new Version(8, 2);

    /** From here on the guest agent has privileges of its own, and {@code VM.Monitor} is gone (protocols 1.5). */
    public static final Version AGENT_PRIVILEGES = new Version(9, 0);

    /** From here on high availability can be disarmed (protocols 1.4). */
    public static final Version DISARMS = new Version(9, 1);

    private static final List<Version> DECISIVE = List.of(OVERRULES, AGENT_PRIVILEGES, DISARMS);

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})(?:\\.(\\d{1,4}))?");

    /** The first number in the text, with the one behind its dot. */
    public static Version of(String text) {
        Matcher found = NUMBERS.matcher(text);
        if (!found.find()) {
            return new Version(0, 0);
        }
        String minor = found.group(2);
        return new Version(Integer.parseInt(found.group(1)), minor == null ? 0 : Integer.parseInt(minor));
    }

    /** Whether it is that version or a later one. */
    public boolean atLeast(Version wanted) {
        return major > wanted.major || (major == wanted.major && minor >= wanted.minor);
    }

    /** Whether the same is sent to both. */
    public boolean isToldTheSameAs(Version other) {
        return DECISIVE.stream().allMatch(since -> atLeast(since) == other.atLeast(since));
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
