package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A command that a page shows is one that the command line takes: only understood here, not carried out. */
final class ShownCommandsTest {
    @Test
    void everyCommandOfEveryPageIsUnderstood() throws IOException {
        List<String> shown = new ArrayList<>();
        for (Path page : pages()) {
            shown.addAll(ShownCommands.of(page));
        }

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(shown).allSatisfy(words -> assertThatCode(() -> new CommandLine(new Ridethrough())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .parseArgs(ShownCommands.words(words).toArray(String[]::new)))
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
}
