package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is handed out, on the newest JDK of this machine. */
final class BuiltJarIT {
    private static final Path JAR = Path.of(System.getProperty("ridethrough.jar", "target/ridethrough.jar"))
            .toAbsolutePath();
    private static final Path JDKS = Path.of("/usr/lib/jvm");

    @TempDir
    Path folder;

    @Test
    void tellsItsVersionFromAnyFolder() throws Exception {
        Ended ended = run(folder, "--version");
        assertThat(ended.exit()).as(ended.text()).isZero();
        assertThat(ended.text()).containsIgnoringCase("ridethrough").doesNotContain("WARNING", "Exception");
    }

    @Test
    void findsNothingWrongWithTheContractsOfTheRealSites() throws Exception {
        Ended ended = run(Path.of("").toAbsolutePath(), "check", "contracts");
        assertThat(ended.exit()).as(ended.text()).isZero();
        assertThat(ended.text()).doesNotContain("WARNING", "Exception");
    }

    private record Ended(int exit, String text) {}

    private Ended run(Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(newestJava().toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends; so far: %s", command, Files.readString(output))
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    /** The newest JDK under {@code /usr/lib/jvm}; where there is none, the one that runs this test. */
    private static Path newestJava() throws IOException {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        if (Files.isDirectory(JDKS)) {
            try (Stream<Path> found = Files.list(JDKS)) {
                found.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                        .filter(home -> Files.isRegularFile(home.resolve("release")))
                        .forEach(homes::add);
            }
        }
        List<Runtime.Version> versions = new ArrayList<>();
        for (Path home : homes) {
            versions.add(versionOf(home));
        }
        Runtime.Version newest =
                versions.stream().max(Comparator.naturalOrder()).orElseThrow();
        return homes.get(versions.indexOf(newest)).resolve("bin/java");
    }

    private static Runtime.Version versionOf(Path home) throws IOException {
        Properties release = new Properties();
        try (var reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        }
        String version = Objects.requireNonNull(release.getProperty("JAVA_VERSION"), home + " tells no version");
        return Runtime.Version.parse(version.replace("\"", ""));
    }
}
