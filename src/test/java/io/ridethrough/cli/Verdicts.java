package io.ridethrough.cli;

import io.ridethrough.simulation.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was found at each boundary, a line each in a file, so that another session goes on where one ended.
 *
 * @param commit of which it is said
 */
record Verdicts(Path file, String commit) {
    Verdicts(Path file) {
        this(file, Long.toString(CommitId.number()));
    }

    /** The boundaries that this commit has passed, as earlier sessions wrote them down. */
    Set<String> passed() throws IOException {
        Set<String> passed = new HashSet<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                List<String> parts = List.of(line.split("\t", -1));
                if (parts.get(0).equals(commit) && parts.get(1).equals("good")) {
                    passed.add(parts.get(3));
                }
            }
        }
        return passed;
    }

    /** @param boundary as {@link Boundary} writes it */
    synchronized void add(String verdict, double seconds, String boundary, String why) {
        String first = why.lines().findFirst().orElse("");
        String line = String.join(
                "\t", commit, verdict, String.format(java.util.Locale.ROOT, "%.1f", seconds), boundary, first);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
