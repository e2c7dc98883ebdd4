package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A command that a page shows is one that the command line takes: only understood here, not carried out. */
final class ShownCommandsTest {
    private static final String JAR = "java -jar target/ridethrough.jar ";

    @Test
    void everyCommandOfEveryPageIsUnderstood() throws IOException {
        List<String> shown = new ArrayList<>();
        for (Path page : pages()) {
            Files.readAllLines(page).stream()
                    .filter(line -> line.contains(JAR))
                    .map(line -> line.substring(line.indexOf(JAR) + JAR.length())
                            .replaceAll(" +#.*", "")
                            .strip())
                    .forEach(shown::add);
        }

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(shown).allSatisfy(words -> assertThatCode(() -> new CommandLine(new Ridethrough())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .parseArgs(words(words)))
                .as(words)
                .doesNotThrowAnyException());
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> all = Files.list(Path.of("src/docs"))) {
            all.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    /** As a shell has them, where nothing but quotes keeps words together. */
    private static String[] words(String line) {
        return Pattern.compile("\"([^\"]*)\"|(\\S+)")
                .matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
    }
}
