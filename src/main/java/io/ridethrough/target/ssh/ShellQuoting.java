package io.ridethrough.target.ssh;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes arguments as words of a POSIX shell. Everything but plain characters stands in single quotes. */
public final class ShellQuoting {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");

    private ShellQuoting() {}

    /** The words, joined by blanks, as one line of a POSIX shell. */
    public static String words(List<String> arguments) {
        return arguments.stream().map(ShellQuoting::word).collect(Collectors.joining(" "));
    }

    private static String word(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
