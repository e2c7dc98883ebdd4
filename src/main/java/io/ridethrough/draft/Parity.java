package io.ridethrough.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What two sites declare, side by side: which fields the one has and the other has not, never what stands in them. */
public final class Parity {
    /**
     * How often a field is declared on either side.
     *
     * @param field file and keys, such as {@code nodes.nodes.mounts}
     */
    public record Row(String field, Count left, Count right) {
        /** Whether one side declares it and the other never does. */
        public boolean oneSided() {
            return (left.declared() == 0) != (right.declared() == 0);
        }
    }

    /**
     * In how many of the mappings that could have the field it is declared.
     *
     * @param of 0 where there is no such mapping
     */
    public record Count(long declared, int of) {
        static Count of(List<JsonNode> mappings, String field) {
            long declared = mappings.stream().filter(one -> one.has(field)).count();
            return new Count(declared, mappings.size());
        }

        @Override
        public String toString() {
            return of == 0 ? "-" : declared + " of " + of;
        }
    }

    private final List<Row> rows = new ArrayList<>();

    private Parity() {}

    /** Compares two sites, each the trees of its files by their names without {@code .yaml}; in the schemas' order. */
    public static List<Row> of(Map<String, JsonNode> left, Map<String, JsonNode> right) {
        Parity parity = new Parity();
        for (String file : Draft.FILES) {
            parity.compare(file, Shape.of(file), whole(left, file), whole(right, file));
        }
        return List.copyOf(parity.rows);
    }

    private static List<JsonNode> whole(Map<String, JsonNode> site, String file) {
        return List.of(site.getOrDefault(file, MissingNode.getInstance()));
    }

    private void compare(String path, Shape shape, List<JsonNode> left, List<JsonNode> right) {
        for (Shape.Field field : shape.fields()) {
            String name = field.name();
            rows.add(new Row(path + "." + name, Count.of(left, name), Count.of(right, name)));
            boolean list = field.shape().listOfMappings();
            Shape below = list ? field.shape().element() : field.shape();
            compare(path + "." + name, below, below(left, name, list), below(right, name, list));
        }
    }

    private static List<JsonNode> below(List<JsonNode> mappings, String name, boolean list) {
        List<JsonNode> below = new ArrayList<>();
        for (JsonNode mapping : mappings) {
            if (list) {
                mapping.path(name).forEach(below::add);
            } else if (mapping.has(name)) {
                below.add(mapping.path(name));
            }
        }
        return below;
    }
}
