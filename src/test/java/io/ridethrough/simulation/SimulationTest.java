package io.ridethrough.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many stories by seed, on the product's own routes: no invariant breaks, whatever happens (I1 to I9). */
final class SimulationTest extends OnTheRoutes {
    /** The same ones in every build: what breaks here was broken by the change at hand. */
    @Test
    void noInvariantBreaksInAnyStory() {
        holdsFor(Seeds.fromProperties(1, 2_000));
    }

    /** As many as one likes, {@code -Dsimulation.seeds}; other ones at every commit. */
    @Test
    @Tag("long")
    void noInvariantBreaksInAnyOfVeryManyStories() {
        holdsFor(Seeds.fromProperties(CommitId.number(), 100_000));
    }

    private static void holdsFor(Seeds seeds) {
        List<Story> bad = seeds.play(routes);

        assertThat(bad.stream().limit(20).map(Story::verdict).toList())
                .as("%d bad stories of %s", bad.size(), seeds)
                .isEmpty();
    }

    /** The whole site goes while a part of it is being shed, is shed again after a death, and comes back as one. */
    @Test
    void noInvariantBreaksWhereGuestsAreShed() {
        int many = Integer.getInteger("simulation.shedding", 300);
        List<Story> stories = LongStream.rangeClosed(1, many)
                .mapToObj(seed -> Simulation.play(Draw.thatSheds(seed), routes, Mutant.NONE))
                .toList();

        stories.stream()
                .filter(story -> !story.broken().isEmpty())
                .map(Story::telling)
                .forEach(System.out::println);
        assertThat(stories.stream().filter(story -> !story.broken().isEmpty()).map(Story::verdict))
                .isEmpty();
        assertThat(stories.stream().filter(SimulationTest::sheds).count()).isGreaterThan(many / 20);
    }

    /** A run by power that is about a single guest. */
    private static boolean sheds(Story story) {
        return story.history().stream().anyMatch(line -> line.matches(".*power begins s\\d\\.g\\d-.*"));
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        List<Story> first = new ArrayList<>();
        List<Story> second = new ArrayList<>();
        for (long seed = 1; seed <= 25; seed++) {
            first.add(Simulation.play(seed, routes));
        }
        for (long seed = 1; seed <= 25; seed++) {
            second.add(Simulation.play(seed, routes));
        }

        assertThat(second).isEqualTo(first);
    }
}
