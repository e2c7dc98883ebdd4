package io.ridethrough.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes one contract file with the schema's own words beside the values. A comment has exactly one space after its
 * {@code #}; without it, or with more, the line is a field that is not said, with an example: remove the {@code #}.
 */
final class CommentedYaml {
    /** A member of a mapping that is written as a comment above it: text, or a list of texts. */
    static final String NOTE = "#";

    private static final int WIDEST = 100;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9 ._/@+()-]*(?<! )");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "~");

    /** How much stands beside the values. */
    enum Detail {
        /** Every field that the schema knows. */
        EVERY_FIELD,
        /** Only what has a value, explained where it first stands. */
        WHAT_IS_SAID
    }

    private final Detail detail;

    CommentedYaml(Detail detail) {
        this.detail = detail;
    }

    /** The whole file, by its name without {@code .yaml}. */
    String render(String file, ObjectNode values) {
        Shape shape = Shape.of(file);
        List<String> lines = new ArrayList<>();
        lines.add("# yaml-language-server: $schema=../../schema/" + file + ".schema.json");
        wrap(lines, shape.own().path("title").asText());
        notes(lines, values);
        lines.addAll(mapping(shape, values, true, true));
        return String.join("\n", lines) + "\n";
    }

    private List<String> mapping(Shape shape, ObjectNode values, boolean explained, boolean root) {
        List<String> lines = new ArrayList<>();
        boolean none = values.has("none");
        for (Shape.Field field : shape.fields()) {
            JsonNode value = values.path(field.name());
            boolean said = !value.isMissingNode();
            if (!said && (detail == Detail.WHAT_IS_SAID || !explained || spared(field, root))) {
                continue;
            }
            if (explained) {
                wrap(
                        lines,
                        (field.required() ? "Required. " : "") + field.shape().says());
            }
            if (said) {
                lines.addAll(member(field, value, explained));
            } else {
                boolean instead = none && field.shape().listOfMappings();
                if (instead) {
                    lines.add("# To declare them, remove the line none: above and the # of these lines:");
                }
                member(field, example(field.shape()), true).forEach(line -> lines.add("#" + line));
            }
        }
        return lines;
    }

    /** What would only be noise or would be wrong once uncommented. */
    private static boolean spared(Shape.Field field, boolean root) {
        return field.name().equals("none") || (field.name().equals("assumed") && !root);
    }

    private List<String> member(Shape.Field field, JsonNode value, boolean explained) {
        List<String> lines = new ArrayList<>();
        if (value instanceof ObjectNode object && field.shape().mapping() && !object.isEmpty()) {
            notes(lines, object);
            lines.add(field.name() + ":");
            mapping(field.shape(), object, explained, false).forEach(line -> lines.add("  " + line));
        } else if (field.shape().listOfMappings() && !value.isEmpty()) {
            lines.add(field.name() + ":");
            for (int i = 0; i < value.size(); i++) {
                item(field.shape().element(), (ObjectNode) value.path(i), explained && i == 0)
                        .forEach(line -> lines.add("  " + line));
            }
        } else {
            lines.add(field.name() + ": " + flow(value));
        }
        return lines;
    }

    private List<String> item(Shape shape, ObjectNode values, boolean explained) {
        List<String> lines = new ArrayList<>();
        notes(lines, values);
        boolean begun = false;
        for (String line : mapping(shape, values, explained, false)) {
            boolean begins = !begun && !line.startsWith("#");
            lines.add((begins ? "- " : "  ") + line);
            begun |= begins;
        }
        return lines;
    }

    /** A mapping of what is required, each by example; a list with one such element. */
    private static JsonNode example(Shape shape) {
        if (shape.listOfMappings()) {
            return JsonNodeFactory.instance.arrayNode().add(example(shape.element()));
        }
        if (!shape.mapping()) {
            return shape.example();
        }
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        shape.fields().stream()
                .filter(Shape.Field::required)
                .forEach(field -> values.set(field.name(), example(field.shape())));
        JsonNode example = shape.example();
        if (example instanceof ObjectNode given) {
            given.properties().forEach(member -> {
                if (!values.has(member.getKey())) {
                    values.set(member.getKey(), member.getValue());
                }
            });
        }
        return values;
    }

    private static void notes(List<String> lines, ObjectNode values) {
        JsonNode notes = values.path(NOTE);
        if (notes.isTextual()) {
            wrap(lines, notes.asText());
        }
        notes.forEach(note -> wrap(lines, note.asText()));
    }

    private static void wrap(List<String> lines, String text) {
        StringBuilder line = new StringBuilder("#");
        for (String word : text.split("\\s+", -1)) {
            if (line.length() + word.length() > WIDEST && line.length() > 1) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }

    /** On one line, as YAML reads it back. */
    static String flow(JsonNode value) {
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(flow(element)));
            return "[" + String.join(", ", elements) + "]";
        }
        if (value.isObject()) {
            List<String> members = new ArrayList<>();
            value.properties().forEach(member -> {
                if (!member.getKey().equals(NOTE)) {
                    members.add(
                            flow(JsonNodeFactory.instance.textNode(member.getKey())) + ": " + flow(member.getValue()));
                }
            });
            return "{" + String.join(", ", members) + "}";
        }
        if (!value.isTextual()) {
            return value.asText();
        }
        String text = value.asText();
        boolean plain = PLAIN.matcher(text).matches()
                && !NUMBER.matcher(text).matches()
                && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : value.toString();
    }
}
