package io.ridethrough.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * How processes of this test's own classes start quickly: all their classes come from jars, and what the first process
 * has loaded is shared by all that follow (class data sharing).
 */
final class QuickJava {
    /** What a folder of the class path holds that is meant: a test's runner may add others, as large as the disk. */
    private static final String OURS = "io/ridethrough";

    private final Path archive;
    private final String classes;

    QuickJava(Path folder) throws IOException {
        Files.createDirectories(folder);
        this.archive = folder.resolve("classes.jsa");
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Files.isRegularFile(Path.of(part))) {
                parts.add(part);
            } else if (Files.isDirectory(Path.of(part, OURS))) {
                parts.add(jar(Path.of(part), folder, parts.size()));
            }
        }
        this.classes = String.join(File.pathSeparator, parts);
    }

    private static String jar(Path classes, Path folder, int number) {
        String jar = folder.resolve("classes-" + number + ".jar").toString();
        int code = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar, "-C", classes.toString(), ".");
        if (code != 0) {
            throw new AssertionError("no " + jar);
        }
        return jar;
    }

    /** For the process that shows which classes are needed: it must end by itself. */
    List<String> first() {
        return line("-XX:ArchiveClassesAtExit=" + archive);
    }

    /** For all others. */
    List<String> line() {
        return line("-XX:SharedArchiveFile=" + archive);
    }

    private List<String> line(String sharing) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Xmx256m",
                sharing,
                "-cp",
                classes);
    }
}
