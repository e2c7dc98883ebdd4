package io.ridethrough.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stories that once broke an invariant; each name says what the product does since. */
final class FoundBySeedTest extends OnTheRoutes {
    @ParameterizedTest(name = "seed {0}: {1}")
    @CsvSource({
        "351, asks again for a startup that was denied while the journal could not be written",
        "53, asks again for the startups of two sites that were denied",
        "101243, starts what a shutdown without its journal took down though the process died since",
    })
    void keepsItsPromise(long seed, String promise) {
        Story story = Simulation.play(seed, routes);

        assertThat(story.broken()).as("%s: %s", promise, story.telling()).isEmpty();
    }
}
