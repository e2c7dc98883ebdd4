package io.ridethrough.target.ssh;

import io.ridethrough.contract.AssetId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What lets the lines of known commands through, and nothing else, as the forced command of a key ({@code command=} of
 * sshd(8), which hands the line over in {@code SSH_ORIGINAL_COMMAND}). A line is let through where it matches an extended
 * regular expression of POSIX as a whole, byte by byte; then a shell runs it as it came. The expressions hold nothing that
 * is special to a shell but what the command itself has, so that no line that they match can be a second command.
 */
public final class ForcedCommand {
    /** Where the script is put. */
    public static final String PATH = "/usr/local/sbin/ridethrough-only";

    /** What the script says of a line that it does not know, and exits with: what a shell says of what may not be run. */
    private static final String NOT_PERMITTED = "ridethrough-only: not permitted";

    private static final int REFUSED = 126;

    private static final Pattern SPECIAL = Pattern.compile("[\\\\.\\[()*+?{|^$]");
    private static final Pattern NUMBER = Pattern.compile("(?<=^|=|^(?:vm|ct):)[0-9]+$");
    private static final String TASK = "UPID";
    /**
     * Plain characters of a word, but for the slash, which no part of a task has (protocols 1.3), and which would lead to
     * another path. A task that a token began has an exclamation mark, and stands in quotes then.
     */
    private static final String PLAIN = "[A-Za-z0-9_@%+:,.-]+";

    private static final String QUOTED = "[A-Za-z0-9_@%+:,.!-]+";

    private ForcedCommand() {}

    /**
     * The result, or, where it is a refusal by the script, that nothing was run: it is no word of what was asked for.
     *
     * @param host whose script is to be printed anew
     */
    static CommandResult orRefused(AssetId host, CommandResult result) {
        boolean refused = result instanceof CommandResult.Exited exited
                && exited.code() == REFUSED
                && exited.err().lines().anyMatch(line -> line.startsWith(NOT_PERMITTED));
        return refused
                ? new CommandResult.Undelivered(
                        CommandResult.Cause.NOT_PERMITTED,
                        "the forced command of its key does not know this line; print it anew: setup " + host)
                : result;
    }

    /** Matches its line, whatever its numbers and its task are, as {@link RemoteCommand#sudoersRule} does. */
    public static String anyNumbers(RemoteCommand command) {
        return command.sent().stream().map(ForcedCommand::anyNumber).collect(Collectors.joining(" "));
    }

    /** Matches its line as it is, whatever its time limit. */
    public static String asWritten(RemoteCommand command) {
        List<String> words = new ArrayList<>(
                command.sent().stream().map(ForcedCommand::literal).toList());
        words.set(words.indexOf("timeout") + 3, "[0-9]+");
        return String.join(" ", words);
    }

    /** Matches its line with words behind it, each of which matches the expression. */
    public static String withMore(RemoteCommand begin, String word) {
        return anyNumbers(begin) + "( " + word + ")+";
    }

    /** Matches its line with one word behind it, which matches the expression. */
    public static String withOneMore(RemoteCommand begin, String word) {
        return anyNumbers(begin) + " " + word;
    }

    /** Matches the lines by which it is asked whether sudo lets these commands of root through. */
    public static List<String> asked(List<RemoteCommand> commands) {
        List<String> all = new ArrayList<>(List.of(anyNumbers(Permitted.HARMLESS.asked())));
        commands.stream()
                .map(RemoteCommand::asked)
                .map(ForcedCommand::anyNumbers)
                .forEach(all::add);
        return all;
    }

    private static String anyNumber(String word) {
        int task = word.indexOf(TASK);
        if (task >= 0) {
            String before = escaped(word.substring(0, task + TASK.length()));
            return "(" + before + PLAIN + "|'" + before + QUOTED + "')";
        }
        Matcher number = NUMBER.matcher(word);
        if (!number.find()) {
            return literal(word);
        }
        String one = literal(word.substring(0, number.start()) + "0"); // in quotes, as what stands before it may be
        boolean isQuoted = one.endsWith("'");
        return one.substring(0, one.length() - (isQuoted ? 2 : 1)) + "[0-9]+" + (isQuoted ? "'" : "");
    }

    private static String literal(String word) {
        return escaped(ShellQuoting.words(List.of(word)));
    }

    private static String escaped(String text) {
        return SPECIAL.matcher(text).replaceAll(found -> Matcher.quoteReplacement("\\" + found.group()));
    }

    /**
     * The script, for a POSIX shell and its grep. The expressions are lines of its own that it reads, so that nothing in
     * them is ever read by a shell. They go through a pipe: as an argument they could have no more than 128 KiB (execve(2)),
     * and a file could not be written where a disk is full.
     *
     * @param host for people
     */
    public static List<String> script(String host, List<String> expressions) {
        List<String> script = new ArrayList<>(List.of(
                "#!/bin/sh",
                "# What Ridethrough may send to " + host + ", and nothing else, as setup printed it.",
                "line=$SSH_ORIGINAL_COMMAND",
                "refuse() {",
                "    logger -t ridethrough-only -- \"refused: $line\" 2>/dev/null",
                "    printf '" + NOT_PERMITTED + ": %s\\n' \"$line\" >&2",
                "    exit " + REFUSED,
                "}",
                "case $line in",
                "'' | *'",
                "'*) refuse ;;",
                "esac",
                "sed -n 's/^#: //p' \"$0\" | {",
                "    exec 3<&0",
                "    printf '%s\\n' \"$line\" | LC_ALL=C grep -Eqx -f /dev/fd/3",
                "} || refuse",
                "exec sh -c \"$line\""));
        expressions.stream().distinct().map(one -> "#: " + one).forEach(script::add);
        return script;
    }
}
