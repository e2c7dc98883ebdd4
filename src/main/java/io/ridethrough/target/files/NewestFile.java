package io.ridethrough.target.files;

import io.ridethrough.target.ssh.RemoteCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest of some files, by the time of its last change.
 *
 * @param pattern an absolute path with {@code *} for what changes, within one folder or file name each
 */
public record NewestFile(String pattern) {
    private static final Pattern LINE = Pattern.compile("([0-9]{1,12})(?:\\.[0-9]+)? (/.*)");

    /** A file and when it was changed. */
    public record File(String path, Instant changed) {}

    /**
     * GNU find, as Debian and DSM have it: folders above the first star are not searched, and what is empty is no file
     * that anybody could restore from.
     */
    public RemoteCommand command(Duration limit) {
        int star = pattern.indexOf('*');
        int slash = pattern.lastIndexOf('/', star < 0 ? pattern.length() : star);
        String depth = Long.toString(
                pattern.substring(slash).chars().filter(c -> c == '/').count());
        return new RemoteCommand(
                List.of(
                        "find",
                        slash == 0 ? "/" : pattern.substring(0, slash),
                        "-mindepth",
                        depth,
                        "-maxdepth",
                        depth,
                        "-path",
                        pattern,
                        "-type",
                        "f",
                        "-size",
                        "+0",
                        "-printf",
                        "%T@ %p\\n"),
                limit,
                RemoteCommand.Lane.LOOK);
    }

    /** The newest that the command printed; empty where it printed none. */
    public static Optional<File> read(String out) {
        return out.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new File(line.group(2), Instant.ofEpochSecond(Long.parseLong(line.group(1)))))
                .max((one, other) -> one.changed().compareTo(other.changed()));
    }
}
