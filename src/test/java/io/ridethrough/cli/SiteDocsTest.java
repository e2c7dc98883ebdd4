package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read about sites, as the command line writes it. */
final class SiteDocsTest {
    @TempDir
    Path folder;

    /** Another process, with another order of whatever has none. */
    @Test
    void theSameContractsGiveTheSameBytesInEveryProcess() throws Exception {
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        Typed typed = Typed.of(words(here));
        Process other = ChildJvm.start(folder.resolve("log"), Ridethrough.class, words(there));

        assertThat(typed.err()).isEmpty();
        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("home: ", " documents written; begin at " + here.resolve("home/index.html"));
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(files(there)).hasSizeGreaterThan(15).isEqualTo(files(here));
        assertThat(Typed.of(words(here)).out()).contains("shop: all documents are as the contracts say");
    }

    @Test
    void anUnknownSiteIsRefusedAndNothingIsWritten() {
        Typed typed = Typed.of("site", "docs", "home", "hom", "--contracts", "contracts", "--out", folder.resolve("x"));

        assertThat(typed.code()).isEqualTo(Exit.REFUSED);
        assertThat(typed.err()).contains("no site \"hom\" is declared; known are [home, shop]");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    private static Object[] words(Path out) {
        return new Object[] {"site", "docs", "--contracts", "contracts", "--date", "2026-03-01", "--out", out};
    }

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
