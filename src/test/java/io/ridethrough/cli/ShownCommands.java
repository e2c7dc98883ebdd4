package io.ridethrough.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of this product that a page shows. */
final class ShownCommands {
    private static final String JAR = "java -jar target/ridethrough.jar ";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private ShownCommands() {}

    /** Those of a page in the order in which it shows them, without what calls Java and without comments. */
    static List<String> of(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.contains(JAR))
                .map(line -> line.substring(line.indexOf(JAR) + JAR.length())
                        .replaceAll(" +#.*", "")
                        .strip())
                .toList();
    }

    /** As a shell has them, where nothing but quotes keeps words together. */
    static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }
}
