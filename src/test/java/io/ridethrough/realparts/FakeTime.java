package io.ridethrough.realparts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The library by which a process of its own sees another clock than the machine's. Needs the package faketime. */
public final class FakeTime {
    private FakeTime() {}

    /** What such a process preloads. */
    public static Path library() throws IOException {
        try (Stream<Path> libraries = Files.list(Path.of("/usr/lib"))) {
            return libraries
                    .map(folder -> folder.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("needs the package faketime"));
        }
    }
}
