package io.ridethrough.target.proxmox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Proxmox VE version as far as it decides what may be sent. Text that is none counts as 0.0: the oldest. */
public record Version(int major, int minor) {
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
    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }
}
