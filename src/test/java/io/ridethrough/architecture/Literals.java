package io.ridethrough.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The strings that stand in the product: string literals of Java, values of YAML, lines of other resources. */
final class Literals {
    private Literals() {}

    static List<Literal> ofTheProduct() throws IOException {
        List<Literal> all = new ArrayList<>();
        Map<String, String> java = new TreeMap<>();
        for (String root : List.of("src/main", "routes", "application.properties")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = file.toString();
                    String text = Files.readString(file);
                    if (name.endsWith(".java")) {
                        java.put(name, text);
                    } else {
                        all.addAll(name.endsWith(".yaml") ? ofYaml(name, text) : ofLines(name, text));
                    }
                }
            }
        }
        all.addAll(ofJava(java));
        return all;
    }

    /** String literals of compilation units, by file name; the units are parsed, not compiled. */
    static List<Literal> ofJava(Map<String, String> sources) throws IOException {
        List<Source> files = sources.entrySet().stream()
                .map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        var compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, files);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Literal> found = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            String name = unit.getSourceFile().getName().substring(1);
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void none) {
                    if (literal.getValue() instanceof String text) {
                        long at = positions.getStartPosition(unit, literal);
                        found.add(new Literal(name, unit.getLineMap().getLineNumber(at), text));
                    }
                    return null;
                }
            }.scan(unit, null);
        }
        return found;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    static List<Literal> ofYaml(String name, String text) {
        List<Literal> found = new ArrayList<>();
        new Yaml().composeAll(new StringReader(text)).forEach(root -> collect(name, root, found));
        return found;
    }

    private static void collect(String name, Node node, List<Literal> found) {
        if (node instanceof ScalarNode scalar) {
            found.add(new Literal(name, scalar.getStartMark().getLine() + 1L, scalar.getValue()));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> collect(name, item, found));
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> collect(name, entry.getValueNode(), found));
        }
    }

    private static List<Literal> ofLines(String name, String text) {
        List<Literal> found = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int line = 0; line < lines.size(); line++) {
            found.add(new Literal(name, line + 1L, lines.get(line).strip()));
        }
        return found;
    }
}
