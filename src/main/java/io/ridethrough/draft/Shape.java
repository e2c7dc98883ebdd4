package io.ridethrough.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A place in a schema with its references followed: what may stand there and what it means.
 *
 * @param own the schema as it stands in its file: its words count before those of what it refers to
 * @param shape what {@code own} refers to, or itself
 * @param file the schema file of {@code shape}, without {@code .schema.json}
 */
record Shape(JsonNode own, JsonNode shape, String file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The shape of a whole contract file, by its name without {@code .yaml}. */
    static Shape of(String file) {
        JsonNode whole = read(file);
        return new Shape(whole, whole, file);
    }

    /** One member of a mapping. */
    record Field(String name, Shape shape, boolean required) {}

    /** The members that a mapping may have, in the order of the schema. */
    List<Field> fields() {
        Set<String> required = new TreeSet<>();
        shape.path("required").forEach(name -> required.add(name.asText()));
        List<Field> fields = new ArrayList<>();
        shape.path("properties")
                .properties()
                .forEach(member -> fields.add(
                        new Field(member.getKey(), at(member.getValue()), required.contains(member.getKey()))));
        return fields;
    }

    /** The shape of a list's elements. */
    Shape element() {
        return at(shape.path("items"));
    }

    boolean mapping() {
        return shape.has("properties");
    }

    boolean listOfMappings() {
        return shape.path("type").asText().equals("array") && element().mapping();
    }

    /** What it means, with its choices and what holds when it is not said. */
    String says() {
        StringBuilder says = new StringBuilder(word("description").asText(""));
        if (shape.has("enum")) {
            List<String> choices = new ArrayList<>();
            shape.path("enum").forEach(choice -> choices.add(choice.asText()));
            says.append(" One of: ").append(String.join(", ", choices)).append('.');
        }
        preset().filter(value -> says.indexOf("Default:") < 0).ifPresent(value -> says.append(" Default: ")
                .append(value.isValueNode() ? value.asText() : value.toString())
                .append('.'));
        return says.toString();
    }

    /** What holds when it is not said. */
    Optional<JsonNode> preset() {
        return Optional.of(word("default")).filter(value -> !value.isMissingNode());
    }

    /** A value that fits: what holds anyhow, or the schema's first example. */
    JsonNode example() {
        return preset().orElseGet(() -> word("examples").path(0));
    }

    private JsonNode word(String keyword) {
        return own.has(keyword) ? own.path(keyword) : shape.path(keyword);
    }

    private Shape at(JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        if (reference.isEmpty()) {
            return new Shape(schema, schema, file);
        }
        int hash = reference.indexOf('#');
        String other = hash == 0 ? file : reference.substring(0, hash).replace(".schema.json", "");
        JsonNode referred = read(other).at(reference.substring(hash + 1));
        Shape found = new Shape(referred, referred, other).at(referred);
        return new Shape(schema, found.shape, found.file);
    }

    private static JsonNode read(String file) {
        try (InputStream in = Shape.class.getResourceAsStream("/schema/" + file + ".schema.json")) {
            if (in == null) {
                throw new IllegalStateException("the schema of " + file + ".yaml is not on the class path");
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
