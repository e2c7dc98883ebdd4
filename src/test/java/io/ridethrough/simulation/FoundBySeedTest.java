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
        "279, starts what a process took down that could write nothing and died",
        "102946, starts what was taken down before the death of a process that could not write it down",
        "1379, starts what was taken down though the process died while it wrote down late what it had done",
        "307239298, starts what went down by a shutdown whose end nobody saw",
        "324933883, starts what was taken down by a process that could write nothing, as its follower could not either",
        "101243, starts what a shutdown without its journal took down though the process died since",
        "324936542, asks twice before it believes that somebody else stopped a guest",
        "324936555, does not begin a shutdown that waited until power called for a startup",
        "746404539, doubts who stopped a guest once a decision could not be written in the outage that it began in",
        "900009785, gives a run the receipt that its process owed once the journal can be written again",
        "500004111, takes no word of mains that a broker had kept for having seen the outage begin",
        "500014539, sends what two processes died before they could send",
        "500017470, sends what several processes may not have sent once its time has passed",
        "372378523, starts what a run of a person was about to take down whose end was never written",
        "372385787, starts what a person's run took down though power overtook it without a journal",
        "372379726, tells in a late receipt how steps ended while the journal was full",
        "372396046, lets a stack go with its guest in an emergency though planned work had taken it down before",
        "372397240, doubts who stopped a guest in an outage that it did not see begin",
        "372404997, starts what ran before a shutdown whose journal failed in its middle",
        "480005390, ends a run of which only the receipt was missing, without asking anybody",
        "746407352, hands the doubt about who stopped a guest on to the next process",
    })
    void keepsItsPromise(long seed, String promise) {
        Story story = Simulation.play(seed, routes);

        assertThat(story.broken()).as("%s: %s", promise, story.telling()).isEmpty();
    }
}
