package io.ridethrough.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.contract.load.Tree;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A new site's folder explains itself out of the schemas. */
final class NewSiteTest {
    static final List<String> FILES = Draft.FILES;

    private final Draft draft = NewSite.of(new SiteId("loft"), "Europe/Paris");

    @TempDir
    Path contracts;

    @Test
    void isValidAtOnceAndMarksWhatNobodySaid() throws Exception {
        draft.write(contracts, true);

        Loaded loaded = new ContractLoader().load(files(draft.texts(true)));

        assertThat(loaded.render()).isEmpty();
        assertThat(((Loaded.Ok) loaded).contracts().assumptions()).hasSize(2);
    }

    @ParameterizedTest
    @FieldSource("FILES")
    void explainsEveryFieldOfEveryFileInTheSchemasOwnWords(String file) {
        String text = draft.texts(true).getOrDefault(file + ".yaml", "").replaceAll("\\n[# ]*", " ");
        List<String> missing = new ArrayList<>();
        explained(Shape.of(file), text, missing);

        assertThat(missing).isEmpty();
    }

    /** What is uncommented is YAML of known fields: an example that the schema gives fits the schema. */
    @ParameterizedTest
    @FieldSource("FILES")
    void canBeUncommentedLineByLine(String file) {
        String text = draft.texts(true)
                .getOrDefault(file + ".yaml", "")
                .replaceAll("(?m)^none: .*\\n", "")
                .replaceAll("(?m)^#(?! )", "")
                .replaceAll("(?m)^#(  +[^ ])", "$1");

        Tree read = Tree.read(file, new SourceFile(file, text.getBytes(StandardCharsets.UTF_8)));

        assertThat(read.trouble()).isEmpty();
        assertThat(read.root().isObject()).isTrue();
        assertThat(read.root().has("none")).isFalse();
    }

    @Test
    void neverTouchesAFolderThatIsThere() throws Exception {
        Path there = Files.createDirectories(contracts.resolve("sites/loft"));

        assertThatThrownBy(() -> draft.write(contracts, true)).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(there).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "02:00", "12", "1e3", "true", "off", "a: b", "#x", "- x", "x ", "é", "a,b", "a, b"})
    void whatIsWrittenReadsBackAsTheSameText(String text) {
        String yaml = "key: [" + CommentedYaml.flow(TextNode.valueOf(text)) + "]\n";

        JsonNode back = Tree.read("a", new SourceFile("a", yaml.getBytes(StandardCharsets.UTF_8)))
                .root();

        assertThat(back.path("key"))
                .isEqualTo(JsonNodeFactory.instance.arrayNode().add(text));
    }

    private static void explained(Shape shape, String text, List<String> missing) {
        for (Shape.Field field : shape.fields()) {
            if (field.name().equals("none") || field.name().equals("assumed")) {
                continue;
            }
            if (!text.contains(field.shape().says()) || !text.contains(field.name() + ":")) {
                missing.add(field.name() + ": " + field.shape().says());
            }
            explained(field.shape().listOfMappings() ? field.shape().element() : field.shape(), text, missing);
        }
    }

    static List<SourceFile> files(Map<String, String> texts) {
        List<SourceFile> files = new ArrayList<>();
        texts.forEach(
                (name, text) -> files.add(new SourceFile("sites/loft/" + name, text.getBytes(StandardCharsets.UTF_8))));
        return files;
    }
}
