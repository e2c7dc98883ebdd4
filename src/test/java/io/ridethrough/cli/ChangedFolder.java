package io.ridethrough.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a contract folder, with changes. */
record ChangedFolder(Path path) {
    static ChangedFolder of(Path contracts, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(contracts)) {
            all = files.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
            Path copy = to.resolve(contracts.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        return new ChangedFolder(to);
    }

    /** Adds lines to the end of a file. */
    ChangedFolder add(String file, String lines) throws IOException {
        Files.writeString(path.resolve(file), Files.readString(path.resolve(file)) + lines);
        return this;
    }

    /** Replaces a text once; it must be there. */
    ChangedFolder replace(String file, String old, String by) throws IOException {
        String text = Files.readString(path.resolve(file));
        int at = text.indexOf(old);
        if (at < 0) {
            throw new AssertionError(file + " does not hold: " + old);
        }
        Files.writeString(path.resolve(file), text.substring(0, at) + by + text.substring(at + old.length()));
        return this;
    }
}
