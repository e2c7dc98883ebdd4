package io.ridethrough.contract;

import java.util.List;

/**
 * An entry of the gap ledger, with all that answers it.
 *
 * @param tests as {@code Class#method}
 * @param declaration the key of the contracts that answers it; may be empty
 * @param open what is still missing; empty where nothing is
 * @param where file and line, for people
 */
public record Gap(
        int number,
        String title,
        Control.Severity severity,
        List<String> controls,
        List<String> tests,
        String declaration,
        String open,
        String where) {
    public Gap {
        controls = List.copyOf(controls);
        tests = List.copyOf(tests);
    }
}
