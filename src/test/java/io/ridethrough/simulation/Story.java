package io.ridethrough.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of a seed: its history, the faults that made a difference, and the promises that were broken. */
record Story(long seed, String drawn, List<String> history, Map<FaultKind, Integer> hits, List<String> broken) {
    /** What was broken and how to replay it, in a line; the output has the whole story. */
    String verdict() {
        return "seed " + seed + ": " + String.join("; ", broken)
                + " (replay: mvn test -Dtest=SimulationTest -Dsimulation.seed=" + seed + ")";
    }

    /** Everything that a person needs to understand and to replay it. */
    String telling() {
        return String.format(
                Locale.ROOT,
                "%nseed %d breaks:%n  %s%n%s%n%s%nreplay: mvn test -Dtest=SimulationTest -Dsimulation.seed=%d%n",
                seed,
                String.join("\n  ", broken),
                drawn,
                String.join("\n", history),
                seed);
    }
}
