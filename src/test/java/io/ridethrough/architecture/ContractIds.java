package io.ridethrough.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The names that the contracts of the sites give: read as plain YAML, so that a mistake of the loader hides nothing. */
final class ContractIds {
    private static final Set<String> NAMING = Set.of("id", "site", "node-name", "host");
    private static final Path SCHEMAS = Path.of("contracts", "schema");

    private ContractIds() {}

    /**
     * Every id, site, node and host name below the folder of sites, alone and as {@code site/id}.
     *
     * <p>Except the words of the schemas themselves (keys, values they list, file names), which the product must write
     * whatever a site calls its assets: that one site has an asset with the id {@code nas} does not make the kind
     * {@code nas} a name of that site. With the site before it, {@code site/nas}, it is a name again.
     */
    static Set<String> under(Path sites) throws IOException {
        Set<String> names = namedUnder(sites);
        Set<String> vocabulary = vocabulary();
        names.removeIf(vocabulary::contains);
        return names;
    }

    /** The same, with the words of the schemas. */
    static Set<String> namedUnder(Path sites) throws IOException {
        Set<String> ids = new HashSet<>();
        try (Stream<Path> files = Files.walk(sites)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".yaml")).toList()) {
                Set<String> names = new HashSet<>();
                collect(new Yaml().load(Files.readString(file)), names);
                String site = sites.relativize(file).getName(0).toString();
                names.stream()
                        .filter(name -> !name.equals(site))
                        .map(name -> site + "/" + name)
                        .forEach(ids::add);
                ids.addAll(names);
            }
        }
        return ids;
    }

    /** Keys, listed values and file names of the contract schemas. */
    static Set<String> vocabulary() throws IOException {
        Set<String> words = new HashSet<>();
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            for (Path file : files.toList()) {
                words.add(file.getFileName().toString().replace(".schema.json", ""));
                words(new ObjectMapper().readTree(file.toFile()), words);
            }
        }
        return words;
    }

    private static void words(JsonNode schema, Set<String> words) {
        schema.path("properties").fieldNames().forEachRemaining(words::add);
        schema.path("enum").forEach(value -> words.add(value.asText()));
        schema.forEach(inner -> words(inner, words));
    }

    private static void collect(Object value, Set<String> names) {
        if (value instanceof List<?> list) {
            list.forEach(item -> collect(item, names));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                if (NAMING.contains(String.valueOf(key)) && inner instanceof String name) {
                    names.add(name);
                } else if (inner != null) {
                    collect(inner, names);
                }
            });
        }
    }
}
