package io.ridethrough.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A main class of ours as a process of its own, with this one's class path, quick to start. */
final class ChildJvm {
    private ChildJvm() {}

    /** Starts it; what it says goes to the log, which begins anew. */
    static Process start(Path log, Class<?> main, Object... arguments) throws IOException {
        return new ProcessBuilder(line(main, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** The command line alone. */
    static List<String> line(Class<?> main, Object... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(line::add);
        return line;
    }

    /** A port of loopback that nobody listens on at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
