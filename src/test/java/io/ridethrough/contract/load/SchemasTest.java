package io.ridethrough.contract.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class SchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Map<String, JsonNode> schemas = new TreeMap<>();

    SchemasTest() throws IOException {
        try (var files = Files.list(Path.of("contracts/schema"))) {
            for (Path file : files.toList()) {
                schemas.put(file.getFileName().toString(), JSON.readTree(file.toFile()));
            }
        }
    }

    @Test
    void thereIsOneForEveryFileOfASiteAndForWhatHoldsForAll() {
        List<String> expected = new ArrayList<>(Layout.FILES);
        expected.addAll(List.of("policy", "common", "standard", "packs", "acceptances", "gaps"));
        assertThat(schemas.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(f -> f + ".schema.json").toList());
    }

    @Test
    void everyPropertyHasADescriptionAndAnExample() {
        properties((place, property) -> {
            assertThat(property.path("description").asText()).as(place).isNotBlank();
            assertThat(property.path("examples").path(0).isMissingNode())
                    .as(place)
                    .isFalse();
        });
    }

    @Test
    void everyExampleIsValid() {
        properties((place, property) -> {
            String file = place.substring(0, place.indexOf('#'));
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(SchemaLocation.of("classpath:schema/" + file + place.substring(place.indexOf('#'))));
            for (JsonNode example : property.path("examples")) {
                assertThat(schema.validate(example)).as(place + " " + example).isEmpty();
            }
        });
    }

    @Test
    void noMappingTakesUnknownKeys() {
        schemas.forEach((file, schema) -> walk(file + "#", schema, (place, node) -> {
            if (node.path("type").asText().equals("object")) {
                assertThat(node.path("additionalProperties").isBoolean())
                        .as(place)
                        .isTrue();
                assertThat(node.path("additionalProperties").asBoolean(true))
                        .as(place)
                        .isFalse();
            }
        }));
    }

    private void properties(BiConsumer<String, JsonNode> look) {
        schemas.forEach((file, schema) -> walk(file + "#", schema, (place, node) -> {
            if (node.path("type").asText().equals("object")) {
                node.path("properties")
                        .properties()
                        .forEach(p -> look.accept(place + "/properties/" + p.getKey(), p.getValue()));
            }
        }));
    }

    private static void walk(String place, JsonNode node, BiConsumer<String, JsonNode> look) {
        look.accept(place, node);
        node.properties().forEach(field -> {
            if (!field.getKey().equals("examples")) {
                walk(place + "/" + field.getKey(), field.getValue(), look);
            }
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(place + "/" + i, node.path(i), look);
        }
    }
}
