package io.ridethrough.contract.load;

import io.ridethrough.contract.Control;
import java.util.List;

/** Knows the language in which controls say what they expect. */
@FunctionalInterface
public interface Expressions {
    /** Takes everything as it is written. */
    Expressions UNCHECKED = (kind, ask, expression) -> List.of();

    /** Everything that is wrong with an expectation of that kind of asset, asked that way. */
    List<Flaw> check(Control.Kind kind, Control.Ask ask, String expression);

    /**
     * What is wrong.
     *
     * @param line counts from 1 within the expression
     * @param column counts from 0 within its line
     */
    record Flaw(int line, int column, String what) {}
}
