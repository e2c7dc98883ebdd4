package io.ridethrough.contract.load;

import io.ridethrough.contract.load.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what is found, at most {@link #MOST} a file: a broken file shall not bury the others. */
final class Reports {
    private static final int MOST = 100;

    private final List<Diagnostic> found = new ArrayList<>();
    private final Map<String, Integer> perFile = new HashMap<>();

    void error(Text text, Place place, String what, String toDo) {
        add(text.shown(), place, Severity.ERROR, what, toDo, Optional.of(text.line(place.line())));
    }

    void error(At at, String what, String toDo) {
        error(at.doc().text(), at.place(), what, toDo);
    }

    void warning(At at, String what, String toDo) {
        Text text = at.doc().text();
        add(
                text.shown(),
                at.place(),
                Severity.WARNING,
                what,
                toDo,
                Optional.of(text.line(at.place().line())));
    }

    /** An error of a file as a whole. */
    void file(String shown, String what, String toDo) {
        add(shown, Place.START, Severity.ERROR, what, toDo, Optional.empty());
    }

    /** Whether more about that file would be dropped, so that costly advice can be spared. */
    boolean full(Text text) {
        return perFile.getOrDefault(text.shown(), 0) > MOST;
    }

    private void add(String file, Place at, Severity severity, String what, String toDo, Optional<String> source) {
        int number = perFile.merge(file, 1, Integer::sum);
        if (number <= MOST) {
            found.add(new Diagnostic(file, at.line(), at.column(), severity, what, toDo, source));
        } else if (number == MOST + 1) {
            String more = "more is wrong in this file than the " + MOST + " that are shown";
            found.add(new Diagnostic(file, 1, 1, Severity.ERROR, more, "mend these first", Optional.empty()));
        }
    }

    List<Diagnostic> all() {
        return found.stream().distinct().sorted().toList();
    }

    boolean anyError() {
        return found.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }
}
