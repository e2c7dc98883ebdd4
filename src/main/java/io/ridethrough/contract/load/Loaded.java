package io.ridethrough.contract.load;

import io.ridethrough.contract.Contracts;
import java.util.List;
import java.util.stream.Collectors;

/** What came of loading: contracts taken whole, or refused whole. */
public sealed interface Loaded {

    /** Every diagnostic, sorted by file, line and column. */
    List<Diagnostic> diagnostics();

    /** The contracts are whole and consistent; {@code warnings} do not keep them from being used. */
    record Ok(Contracts contracts, List<Diagnostic> warnings) implements Loaded {
        public Ok {
            warnings = warnings.stream().sorted().toList();
        }

        @Override
        public List<Diagnostic> diagnostics() {
            return warnings;
        }
    }

    /** At least one of the diagnostics is an error: nothing was changed. */
    record Bad(List<Diagnostic> diagnostics) implements Loaded {
        public Bad {
            diagnostics = diagnostics.stream().sorted().toList();
        }

        /** How many of the diagnostics are errors. */
        public long errors() {
            return diagnostics.stream()
                    .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
                    .count();
        }
    }

    /** All of it for people, one line break at the end of each line; empty when there is nothing to say. */
    default String render() {
        String all = diagnostics().stream().map(d -> d.render() + "\n").collect(Collectors.joining());
        if (!(this instanceof Bad bad)) {
            return all;
        }
        long warnings = diagnostics().size() - bad.errors();
        return all + count(bad.errors(), "error") + (warnings == 0 ? "" : ", " + count(warnings, "warning"))
                + ". Nothing was changed.\n";
    }

    private static String count(long n, String word) {
        return n + " " + word + (n == 1 ? "" : "s");
    }
}
