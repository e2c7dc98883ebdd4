package io.ridethrough.contract;

import java.util.List;

/**
 * An entry of the gap ledger. Controls say themselves which gaps they answer; beside them stand here tests of the life
 * cycle and declarations.
 *
 * @param tests as {@code Class#method}
 * @param declaration what of the contracts answers it, as {@code file.key}; empty where nothing does
 * @param open what is still missing; empty where nothing is
 * @param where file and line, for people
 */
public record Gap(
        int number,
        String title,
        Control.Severity severity,
        List<String> tests,
        String declaration,
        String open,
        String where) {
    public Gap {
        tests = List.copyOf(tests);
    }
}
