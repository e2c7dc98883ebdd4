package io.ridethrough.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation has teeth: each way of breaking the product is found within a few hundred seeds. */
final class MutantsTest extends OnTheRoutes {
    private static final int WITHIN = 400;

    @ParameterizedTest
    @EnumSource(Mutants.class)
    void everyMutantIsFoundByTheInvariantThatItBreaks(Mutants mutant) {
        TreeSet<String> found = new TreeSet<>();
        for (long seed = 1; seed <= WITHIN; seed++) {
            Story story = Simulation.play(Draw.from(seed), routes, mutant);
            for (String broken : story.broken()) {
                found.add(broken.substring(0, broken.indexOf(':')));
            }
            if (found.contains(mutant.breaks)) {
                System.out.printf("%s is found by %s at seed %d%n", mutant, mutant.breaks, seed);
                return;
            }
        }
        assertThat(found).as("%s within %d seeds", mutant, WITHIN).contains(mutant.breaks);
    }
}
