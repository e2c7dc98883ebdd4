package io.ridethrough.contract.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One violation of a schema, said in the words of the contract. */
final class ShapeError {
    private static final Map<String, String> TYPES = Map.of(
            "string", "text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "true or false",
            "array", "a list",
            "object", "a mapping",
            "null", "empty");

    private final Schemas schemas;
    private final Doc doc;
    private final ValidationMessage message;
    private final String pointer;
    private final String iri;
    private final String parent;
    private final JsonNode schema;

    ShapeError(Schemas schemas, Doc doc, ValidationMessage message) {
        this.schemas = schemas;
        this.doc = doc;
        this.message = message;
        this.pointer = message.getInstanceLocation().toString();
        this.iri = String.valueOf(message.getSchemaLocation().getAbsoluteIri());
        String fragment = message.getSchemaLocation().getFragment().toString();
        this.parent = fragment.substring(0, Math.max(0, fragment.lastIndexOf('/')));
        this.schema = schemas.find(iri, parent);
    }

    void report(Reports reports) {
        if (reports.full(doc.text())) {
            return;
        }
        if (message.getEvaluationPath().toString().contains("/oneOf")) {
            choice(reports);
            return;
        }
        switch (message.getType()) {
            case "additionalProperties" -> unknownKey(reports);
            case "required" -> missing(reports);
            case "type" -> {
                String wanted = TYPES.getOrDefault(schema.path("type").asText(), "of another type");
                say(reports, name() + " must be " + wanted + ", not " + actual(), example());
            }
            case "enum" -> {
                List<String> known = new ArrayList<>();
                schema.path("enum").forEach(v -> known.add(v.asText()));
                String value = value().asText();
                say(
                        reports,
                        name() + " cannot be " + shown(),
                        Words.meant(value, known, "one of " + Words.listed(known)));
            }
            case "pattern" ->
                say(
                        reports,
                        name() + " is " + shown() + ", which is not "
                                + schema.path("title").asText("allowed"),
                        example());
            case "minimum" -> say(reports, name() + " is " + shown() + ", less than " + limit("minimum"), "");
            case "maximum" -> say(reports, name() + " is " + shown() + ", more than " + limit("maximum"), "");
            case "minLength", "minItems", "minProperties" -> say(reports, name() + " is empty", example());
            case "maxLength" ->
                say(reports, name() + " is longer than " + limit("maxLength") + " characters", "shorten it");
            case "maxItems" -> say(reports, name() + " has more than " + limit("maxItems") + " entries", "");
            case "uniqueItems" -> say(reports, name() + " names something twice", "remove one");
            default -> other(reports);
        }
    }

    private void other(Reports reports) {
        if (message.getSchemaNode() != null && message.getSchemaNode().isBoolean()) {
            reports.error(
                    doc.text(), doc.key(pointer), name() + " cannot stand beside \"none\"", "remove one of the two");
        } else {
            say(reports, name() + " is not as it should be: " + message.getType(), example());
        }
    }

    private void unknownKey(Reports reports) {
        String key = message.getProperty();
        TreeSet<String> known = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(known::add);
        String otherwise = known.isEmpty() ? "remove it" : "known here: " + String.join(", ", known);
        reports.error(
                doc.text(),
                doc.key(Doc.member(pointer, key)),
                "unknown key " + Words.quoted(key),
                Words.meant(key, known, otherwise));
    }

    private void missing(Reports reports) {
        String key = message.getProperty();
        boolean orNone = message.getEvaluationPath().toString().equals("/else/required");
        JsonNode property = schema.path("properties").path(key);
        if (property.isMissingNode()) {
            property = schemas.find(iri, parent.replaceAll("/(then|else|if)$", ""))
                    .path("properties")
                    .path(key);
        }
        JsonNode example = property.path("examples").path(0);
        String line = example.isContainerNode() || example.isMissingNode() ? key + ": ..." : key + ": " + example;
        reports.error(
                doc.text(),
                doc.key(pointer),
                Words.quoted(key) + " is missing" + (pointer.isEmpty() ? "" : " in " + name()),
                "add " + line + (orNone ? ", or say none: \"why\"" : ""));
    }

    private void choice(Reports reports) {
        String path = message.getSchemaLocation().getFragment().toString();
        JsonNode choices = schemas.find(iri, path.substring(0, path.indexOf("/oneOf") + "/oneOf".length()));
        List<String> keys = new ArrayList<>();
        choices.forEach(c -> keys.add(c.path("required").path(0).asText()));
        String place = pointer;
        reports.error(
                doc.text(),
                doc.key(place),
                name() + " must have exactly one of " + Words.listed(keys),
                "keep or add one of them");
    }

    private void say(Reports reports, String what, String toDo) {
        reports.error(doc.text(), doc.value(pointer), what, toDo);
    }

    private JsonNode value() {
        return doc.root().at(pointer);
    }

    /** What the value is called: its key, or an entry of the list's key. */
    private String name() {
        String[] parts = pointer.split("/", -1);
        String last = parts[parts.length - 1];
        if (parts.length > 2 && last.chars().allMatch(Character::isDigit)) {
            return "an entry of " + Words.quoted(parts[parts.length - 2]);
        }
        return pointer.isEmpty()
                ? "the file"
                : Words.quoted(last.replace("~1", "/").replace("~0", "~"));
    }

    private String shown() {
        return value().isContainerNode() ? actual() : Words.quoted(value().asText());
    }

    private String actual() {
        JsonNode value = value();
        if (value.isTextual()) {
            return TYPES.getOrDefault("string", "");
        }
        String type = value.isObject()
                ? "object"
                : value.isArray()
                        ? "array"
                        : value.isBoolean()
                                ? "boolean"
                                : value.isNull() ? "null" : value.isIntegralNumber() ? "integer" : "number";
        return TYPES.getOrDefault(type, type);
    }

    private String limit(String keyword) {
        return schema.path(keyword).asText();
    }

    private String example() {
        JsonNode example = schema.path("examples").path(0);
        return example.isMissingNode() || example.isContainerNode() ? "" : "for example " + example;
    }
}
