package io.ridethrough.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.serialization.JsonNodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One file of routes, parsed with the place of every node. */
record RouteFile(String name, JsonNode root) {
    private static final JsonNodeReader READER =
            JsonNodeReader.builder().locationAware().build();
    static final Path ROUTES = Path.of("routes");

    /** Every route file of the product, in a fixed order. */
    static List<RouteFile> all() {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(RouteFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RouteFile of(String name, String yaml) {
        try {
            InputStream bytes = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
            return new RouteFile(name, READER.readTree(bytes, InputFormat.YAML));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is no YAML: " + e.getCause(), e);
        }
    }

    /** The line of a node of this file, from 1. */
    static int lineOf(JsonNode node) {
        return JsonNodes.tokenLocationOf(node).getLineNr();
    }

    private static RouteFile read(Path file) {
        try {
            return of(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
