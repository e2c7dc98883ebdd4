package io.ridethrough.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The last step of {@code mvn verify}, after every test: no node of a route was left unreached by this build. */
final class RouteCoverageGate {
    @Test
    void everyNodeOfEveryRouteWasReachedByATest() throws Exception {
        Set<String> declared = RouteNodes.declaredIn(RouteFile.ROUTES);
        Set<String> missed = new TreeSet<>(declared);
        missed.removeAll(RouteCoverage.reachedInThisBuild());
        assertThat(missed)
                .as("nodes that no test reached, of %d: write a test that goes there, or delete them", declared.size())
                .isEmpty();
    }
}
