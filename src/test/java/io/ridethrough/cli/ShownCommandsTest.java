package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A command that a page shows is one that the command line takes: only understood here, not carried out. */
final class ShownCommandsTest {
    private static final String JAR = "java -jar target/ridethrough.jar ";

    @Test
    void everyCommandOfTheFirstHourAndTheReadmeIsUnderstood() throws IOException {
        List<String> shown = new ArrayList<>();
        for (String page : List.of(
                "README.md", "src/docs/first-hour.md", "src/docs/first-drill.md", "src/docs/reading-a-receipt.md")) {
            Files.readAllLines(Path.of(page)).stream()
                    .filter(line -> line.contains(JAR))
                    .map(line -> line.substring(line.indexOf(JAR) + JAR.length())
                            .replaceAll(" *#.*", "")
                            .strip())
                    .forEach(shown::add);
        }

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(shown).allSatisfy(words -> assertThatCode(() -> new CommandLine(new Ridethrough())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .parseArgs(words.split(" ", -1)))
                .as(words)
                .doesNotThrowAnyException());
    }
}
