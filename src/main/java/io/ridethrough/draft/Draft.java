package io.ridethrough.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.SiteId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A site's folder before it is written: the values of each of its files. Not safe for several threads. */
public final class Draft {
    /** The files of a site's folder, without {@code .yaml}. */
    public static final List<String> FILES = List.of(
            "site", "power", "nodes", "guests", "stacks", "storage", "network", "home-assistant", "backup", "services");

    private final SiteId site;
    private final Map<String, ObjectNode> files = new LinkedHashMap<>();

    public Draft(SiteId site) {
        this.site = site;
        FILES.forEach(file -> files.put(file, JsonNodeFactory.instance.objectNode()));
    }

    public SiteId site() {
        return site;
    }

    /** The values of one file. */
    public ObjectNode file(String name) {
        ObjectNode values = files.get(name);
        if (values == null) {
            throw new IllegalArgumentException("a site has no file " + name);
        }
        return values;
    }

    /** Adds an element to a list of one file, and returns it. */
    public ObjectNode add(String file, String list) {
        JsonNode there = file(file).path(list);
        ArrayNode elements =
                there instanceof ArrayNode known ? known : file(file).putArray(list);
        return elements.addObject();
    }

    /** A name as a contract may use it. */
    public static String id(String name) {
        String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = id.substring(0, Math.min(id.length(), 60)).replaceAll("^-|-$", "");
        return cut.isEmpty() ? "unnamed" : cut;
    }

    /** A comment above that mapping; several follow one another. */
    public static void note(ObjectNode values, String note) {
        JsonNode there = values.path(CommentedYaml.NOTE);
        ArrayNode notes = there instanceof ArrayNode known ? known : values.putArray(CommentedYaml.NOTE);
        notes.add(note);
    }

    /** Files in which nothing stands of what they are for say so. */
    public void noneWhereEmpty(String why) {
        files.forEach((name, values) -> {
            String list = Shape.of(name).shape().at("/else/required/0").asText();
            if (!list.isEmpty() && values.path(list).isEmpty()) {
                values.remove(list);
                values.put("none", why);
            }
        });
    }

    /** The texts of the files by their names, with every field of the schema explained, or only what is said. */
    public Map<String, String> texts(boolean everyField) {
        CommentedYaml yaml =
                new CommentedYaml(everyField ? CommentedYaml.Detail.EVERY_FIELD : CommentedYaml.Detail.WHAT_IS_SAID);
        Map<String, String> texts = new LinkedHashMap<>();
        files.forEach((name, values) -> texts.put(name + ".yaml", yaml.render(name, values)));
        return texts;
    }

    /**
     * Writes the folder of the site below a contracts folder.
     *
     * @return the folder
     * @throws FileAlreadyExistsException when the site has a folder; then nothing is changed
     * @throws IOException when it cannot be written
     */
    public Path write(Path contracts, boolean everyField) throws IOException {
        Path sites = Files.createDirectories(contracts.resolve("sites"));
        Path folder = Files.createDirectory(sites.resolve(site.value()));
        for (Map.Entry<String, String> text : texts(everyField).entrySet()) {
            Files.writeString(folder.resolve(text.getKey()), text.getValue(), StandardOpenOption.CREATE_NEW);
        }
        return folder;
    }
}
