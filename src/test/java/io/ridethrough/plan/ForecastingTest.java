package io.ridethrough.plan;

import static io.ridethrough.plan.Plans.byPower;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ForecastingTest {
    private static String span(Plan plan, String step) {
        Forecast.Span span = Optional.ofNullable(plan.forecast().spans().get(new StepId(step)))
                .orElseThrow();
        return span.begin().toSeconds() + "-" + span.end().toSeconds();
    }

    private static List<String> path(Plan plan) {
        return plan.forecast().criticalPath().stream().map(StepId::value).toList();
    }

    @Test
    void beginsAStepTheMomentItsLastNeedIsMet() {
        FakeContracts site = new FakeContracts();
        site.nas("attic/store").takes(90, 180);
        site.node("attic/metal").mounts("attic/store").takes(40, 120);
        site.guest("attic/quick", "attic/metal").takes(5, 5);
        site.guest("attic/slow", "attic/metal").takes(50, 30).needs("attic/quick");
        site.guest("attic/alone", "attic/metal").takes(20, 20);

        Plan plan = byPower(site.build(), "attic", Phase.SHUTDOWN);

        assertThat(span(plan, "shutdown:attic/alone")).isEqualTo("0-20");
        assertThat(span(plan, "shutdown:attic/slow")).isEqualTo("0-50");
        assertThat(span(plan, "shutdown:attic/quick")).isEqualTo("50-55");
        assertThat(span(plan, "shutdown:attic/metal")).isEqualTo("55-105");
        assertThat(span(plan, "shutdown:attic/store")).isEqualTo("105-205");
        assertThat(plan.forecast().takes()).isEqualTo(Duration.ofSeconds(205));
        assertThat(path(plan))
                .containsExactly(
                        "shutdown:attic/slow",
                        "shutdown:attic/quick",
                        "shutdown:attic/metal",
                        "shutdown:attic/store",
                        "shutdown:end");
    }

    @Test
    void stopsAndStartsOnlySoManyGuestsOfANodeAtOnce() {
        FakeContracts site = new FakeContracts();
        site.node("attic/metal").takes(40, 100).atOnce(2);
        site.guest("attic/a", "attic/metal").takes(10, 10);
        site.guest("attic/b", "attic/metal").takes(30, 30);
        site.guest("attic/c", "attic/metal").takes(25, 25);
        site.guest("attic/d", "attic/metal").takes(1, 1);

        Plan plan = byPower(site.build(), "attic", Phase.SHUTDOWN, Phase.STARTUP);

        assertThat(span(plan, "shutdown:attic/a")).isEqualTo("0-10");
        assertThat(span(plan, "shutdown:attic/b")).isEqualTo("0-30");
        assertThat(span(plan, "shutdown:attic/c")).isEqualTo("10-35");
        assertThat(span(plan, "shutdown:attic/d")).isEqualTo("30-31");
        assertThat(span(plan, "startup:attic/c")).isEqualTo("195-220");
        assertThat(path(plan)).startsWith("shutdown:attic/a", "shutdown:attic/c", "shutdown:attic/metal");
    }

    @Test
    void wakesTheNodesOfASiteAsFarApartAsTheyDeclare() {
        FakeContracts sites = new FakeContracts();
        sites.nas("attic/store").takes(10, 5);
        sites.node("attic/one").takes(10, 30);
        sites.node("attic/three").takes(10, 30);
        sites.node("attic/two").takes(10, 30).mounts("attic/store");
        sites.node("barn/one").takes(10, 30);

        Plan plan = byPower(sites.build(), "attic,barn", Phase.STARTUP);

        assertThat(span(plan, "startup:attic/store")).isEqualTo("0-5");
        assertThat(span(plan, "startup:attic/one")).isEqualTo("0-30");
        assertThat(span(plan, "startup:attic/three")).isEqualTo("25-55");
        assertThat(span(plan, "startup:attic/two")).isEqualTo("50-80");
        assertThat(span(plan, "startup:barn/one")).isEqualTo("0-30");
        assertThat(path(plan))
                .containsExactly("startup:attic/one", "startup:attic/three", "startup:attic/two", "startup:end");
    }

    @Test
    void takesNoTimeWhenThereIsNothingToDo() {
        FakeContracts site = new FakeContracts();
        site.device("attic/switch");

        assertThat(byPower(site.build(), "attic", Phase.SHUTDOWN).forecast().takes())
                .isZero();
    }
}
