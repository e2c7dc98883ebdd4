package io.ridethrough.standard;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.load.Expressions;
import io.ridethrough.standard.word.Type;
import io.ridethrough.standard.word.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expectations in CEL: every word is typed and known beforehand, so that a slip is found at load. Thread-safe. */
public final class Cel implements Expressions {
    private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);

    /** Made once something is evaluated: who evaluates nothing loads nothing. */
    private static final class Lazy {
        private static final CelRuntime RUNTIME =
                CelRuntimeFactory.plannerRuntimeBuilder().build();
    }

    private final Map<String, CelRuntime.Program> programs = new ConcurrentHashMap<>();

    @Override
    public List<Flaw> check(Control.Kind kind, Control.Ask ask, String expression) {
        CelValidationResult result = compiler(kind, ask).compile(expression);
        return result.getErrors().stream()
                .map(issue -> flaw(kind, ask, issue, expression))
                .toList();
    }

    private static Flaw flaw(Control.Kind kind, Control.Ask ask, CelIssue issue, String expression) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn());
        String what = issue.getMessage().lines().findFirst().orElse("it cannot be read");
        Matcher unknown = UNKNOWN.matcher(what);
        if (unknown.matches() && line == 1) {
            String word = wordAt(expression, column);
            return new Flaw(
                    line,
                    expression.indexOf(word) < 0 ? column : Math.max(0, expression.indexOf(word)),
                    "there is no \"" + word + "\" here; known are "
                            + String.join(", ", Vocabulary.of(kind, ask).keySet()));
        }
        return new Flaw(line, column, what);
    }

    /** The whole dotted word around a column: CEL points at one of its dots. */
    private static String wordAt(String expression, int column) {
        int from = Math.min(column, expression.length());
        while (from > 0 && isWord(expression.charAt(from - 1))) {
            from--;
        }
        int to = Math.min(column, expression.length());
        while (to < expression.length() && isWord(expression.charAt(to))) {
            to++;
        }
        return expression.substring(from, to);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    /**
     * Whether the expectation is met.
     *
     * @throws UnclearException when what was seen does not let it be told
     */
    boolean holds(Control control, Map<String, Object> words) throws UnclearException {
        try {
            CelRuntime.Program program = programs.get(key(control));
            if (program == null) {
                program = program(control);
                programs.put(key(control), program);
            }
            return program.eval(words) instanceof Boolean met && met;
        } catch (CelEvaluationException e) {
            throw new UnclearException(String.valueOf(e.getMessage()));
        } catch (CelValidationException e) {
            throw new UnclearException("the control cannot be evaluated: " + e.getMessage());
        }
    }

    private CelRuntime.Program program(Control control) throws CelValidationException, CelEvaluationException {
        CelAbstractSyntaxTree ast = compiler(control.kind(), control.probe().ask())
                .compile(control.expect())
                .getAst();
        return Lazy.RUNTIME.createProgram(ast);
    }

    private static String key(Control control) {
        return control.kind() + " " + control.probe().ask() + " " + control.expect();
    }

    private static CelCompiler compiler(Control.Kind kind, Control.Ask ask) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        Vocabulary.of(kind, ask).forEach((word, type) -> builder.addVar(word, type(type)));
        return builder.build();
    }

    private static CelType type(Type type) {
        return switch (type) {
            case TEXT -> SimpleType.STRING;
            case NUMBER -> SimpleType.INT;
            case TRUTH -> SimpleType.BOOL;
            case TEXTS -> ListType.create(SimpleType.STRING);
            case NUMBERS -> ListType.create(SimpleType.INT);
            case TEXT_BY_NAME -> MapType.create(SimpleType.STRING, SimpleType.STRING);
            case NUMBER_BY_NAME -> MapType.create(SimpleType.STRING, SimpleType.INT);
        };
    }

    /** What was seen does not let it be told. */
    static final class UnclearException extends Exception {
        private static final long serialVersionUID = 1L;

        UnclearException(String why) {
            super(why);
        }
    }
}
