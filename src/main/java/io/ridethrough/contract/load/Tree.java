package io.ridethrough.contract.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any YAML file as a tree in which each value knows its line: read by the parser of the contracts, with its limits, but
 * without a schema.
 *
 * @param shown the file as people see it
 * @param root a missing node when the file could not be read
 * @param trouble why it could not be read; empty when it could
 */
public record Tree(String shown, JsonNode root, Map<String, Integer> lines, List<Diagnostic> trouble) {
    /** Reads one file; what is wrong with it is {@link #trouble}, never thrown. */
    public static Tree read(String shown, SourceFile file) {
        Reports reports = new Reports();
        Optional<Doc> read = Text.of(file, shown, reports).flatMap(text -> YamlTree.read(text, reports));
        Map<String, Integer> lines = new HashMap<>();
        read.ifPresent(doc -> {
            doc.values().forEach((pointer, place) -> lines.put(pointer, place.line()));
            doc.keys().forEach((pointer, place) -> lines.put(pointer, place.line()));
        });
        return new Tree(shown, read.map(Doc::root).orElse(MissingNode.getInstance()), Map.copyOf(lines), reports.all());
    }

    /** The line of the value at a JSON pointer, counted from 1; 1 for what is not there. */
    public int line(String pointer) {
        return lines.getOrDefault(pointer, 1);
    }
}
