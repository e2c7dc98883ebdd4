package io.ridethrough.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RouteFilesTest {
    @Test
    void everyRouteFileIsValidByTheSchemaOfTheDsl() throws IOException {
        JsonSchema schema = schema();
        assertThat(RouteFile.all()).isNotEmpty().allSatisfy(file -> assertThat(violations(schema, file))
                .as(file.name())
                .isEmpty());
    }

    @Test
    void theSchemaRefusesAStepThatDoesNotExist() throws IOException {
        RouteFile file = RouteFile.of("bad.yaml", """
                - route:
                    id: a-b
                    from:
                      uri: direct
                      parameters: {name: a-b}
                      steps:
                        - teleport: {uri: direct}
                """);
        assertThat(violations(schema(), file)).anyMatch(violation -> violation.startsWith("bad.yaml:7: "));
    }

    @Test
    void everyRouteFileKeepsTheManners() {
        assertThat(RouteLint.check(RouteFile.all())).isEmpty();
    }

    private static List<String> violations(JsonSchema schema, RouteFile file) {
        return schema.validate(file.root()).stream()
                .map(message -> {
                    var at = message.getInstanceNode();
                    return file.name() + ":" + (at == null ? 0 : RouteFile.lineOf(at)) + ": " + message.getMessage();
                })
                .distinct()
                .toList();
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(Objects.requireNonNull(in));
        }
    }
}
