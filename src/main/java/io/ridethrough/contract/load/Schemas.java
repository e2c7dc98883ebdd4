package io.ridethrough.contract.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The schemas of the contract files, from the class path: shape first, in words that name the key and the remedy. */
final class Schemas {
    private static final String BASE = "classpath:/schema/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> raw = new HashMap<>();
    private final Map<String, JsonSchema> compiled = new HashMap<>();

    Schemas() {
        Map<String, String> texts = new HashMap<>();
        List.of("common").forEach(name -> texts.put(BASE + name + ".schema.json", readRaw(name)));
        Layout.FILES.forEach(name -> texts.put(BASE + name + ".schema.json", readRaw(name)));
        List.of("policy", "standard", "packs", "acceptances", "gaps")
                .forEach(name -> texts.put(BASE + name + ".schema.json", readRaw(name)));
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012, b -> b.schemaLoaders(loaders -> loaders.schemas(texts)));
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ROOT)
                .build();
        for (String name : raw.keySet()) {
            compiled.put(name, factory.getSchema(SchemaLocation.of(BASE + name + ".schema.json"), config));
        }
    }

    private String readRaw(String name) {
        try (InputStream in = Schemas.class.getResourceAsStream("/schema/" + name + ".schema.json")) {
            if (in == null) {
                throw new IllegalStateException("the schema of " + name + ".yaml is not on the class path");
            }
            JsonNode schema = JSON.readTree(in);
            raw.put(name, schema);
            return schema.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reports every way in which the document does not have the shape of that file. */
    void check(String name, Doc doc, Reports reports) {
        if (doc.root().isNull()) {
            reports.file(doc.text().shown(), "the file is empty", "declare what it is for, or say none: \"why\"");
            return;
        }
        JsonSchema schema = compiled.get(name);
        if (schema == null) {
            return;
        }
        Map<String, ValidationMessage> oncePerPlace = new LinkedHashMap<>();
        for (ValidationMessage message : schema.validate(doc.root())) {
            String path = message.getEvaluationPath().toString();
            boolean choice = path.contains("/oneOf");
            oncePerPlace.putIfAbsent(
                    choice
                            ? "oneOf " + message.getInstanceLocation()
                            : path + message.getInstanceLocation() + message.getProperty(),
                    message);
        }
        oncePerPlace.values().forEach(message -> new ShapeError(this, doc, message).report(reports));
    }

    /** The value of a keyword's place in a schema file, for example of its {@code properties}. */
    JsonNode find(String iri, String pointer) {
        String name = iri.substring(iri.lastIndexOf('/') + 1).replace(".schema.json", "");
        JsonNode schema = raw.get(name);
        return schema == null ? JSON.missingNode() : schema.at(pointer);
    }
}
