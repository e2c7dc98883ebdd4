package io.ridethrough.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A main class of ours as a process of its own, with this one's class path, quick to start. */
final class ChildJvm {
    /** This test's own Java and classes. */
    static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"));

    private ChildJvm() {}

    /** Starts it; what it says goes to the log, which begins anew. */
    static Process start(Path log, Class<?> main, Object... arguments) throws IOException {
        return start(log, JAVA, main, arguments);
    }

    /** The same with another Java: all that comes before the name of the class. */
    static Process start(Path log, List<String> java, Class<?> main, Object... arguments) throws IOException {
        return new ProcessBuilder(line(java, main, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** The command line alone. */
    static List<String> line(Class<?> main, Object... arguments) {
        return line(JAVA, main, arguments);
    }

    private static List<String> line(List<String> java, Class<?> main, Object... arguments) {
        return Stream.of(
                        java.stream(),
                        Stream.of(main.getName()),
                        Arrays.stream(arguments).map(Object::toString))
                .flatMap(Function.identity())
                .toList();
    }
}
