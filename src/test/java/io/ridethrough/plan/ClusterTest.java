package io.ridethrough.plan;

import static io.ridethrough.plan.Phase.RECOVERY;
import static io.ridethrough.plan.Phase.SHUTDOWN;
import static io.ridethrough.plan.Phase.STARTUP;
import static io.ridethrough.plan.Plans.byPower;
import static io.ridethrough.plan.Plans.needs;
import static io.ridethrough.plan.Plans.planned;
import static io.ridethrough.plan.Plans.step;
import static io.ridethrough.plan.Plans.steps;
import static io.ridethrough.plan.Plans.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import org.junit.jupiter.api.Test;

/** R40: a cluster goes down and comes up as one. */
class ClusterTest {
    private static FakeContracts loft() {
        FakeContracts site = new FakeContracts();
        site.node("attic/east").in("loft");
        site.node("attic/west").in("loft");
        site.node("attic/alone");
        site.guest("attic/app", "attic/east");
        site.guest("attic/mail", "attic/west");
        site.guest("attic/other", "attic/alone");
        return site;
    }

    private static final Contracts LOFT = loft().build();

    @Test
    void allItsGuestsStopBeforeItsFirstNodeAndItsNodesGoTogether() {
        Plan plan = byPower(LOFT, "attic", SHUTDOWN);

        for (String node : new String[] {"shutdown:attic/east", "shutdown:attic/west"}) {
            assertThat(waits(plan, node, "shutdown:attic/app")).isTrue();
            assertThat(waits(plan, node, "shutdown:attic/mail")).isTrue();
            assertThat(waits(plan, node, "shutdown:attic/other")).isFalse();
        }
        assertThat(waits(plan, "shutdown:attic/east", "shutdown:attic/west")).isFalse();
        assertThat(waits(plan, "shutdown:attic/west", "shutdown:attic/east")).isFalse();
        assertThat(waits(plan, "shutdown:attic/alone", "shutdown:attic/app")).isFalse();
    }

    @Test
    void allItsNodesAreAwakeBeforeItsFirstGuestStarts() {
        Plan plan = byPower(LOFT, "attic", STARTUP);

        assertThat(needs(plan, "startup:attic/app")).containsExactly("startup:attic/east", "startup:attic/west");
        assertThat(needs(plan, "startup:attic/mail")).containsExactly("startup:attic/east", "startup:attic/west");
        assertThat(needs(plan, "startup:attic/other")).containsExactly("startup:attic/alone");
    }

    @Test
    void itsHighAvailabilityLetsGoBeforeTheFirstGuestStopsAndTakesUpAgainInRecovery() {
        Plan plan = byPower(LOFT, "attic", SHUTDOWN, STARTUP, RECOVERY);

        assertThat(step(plan, "shutdown:attic/loft:ha").verb()).isEqualTo(Verb.HA_OFF);
        assertThat(waits(plan, "shutdown:attic/app", "shutdown:attic/loft:ha")).isTrue();
        assertThat(waits(plan, "shutdown:attic/mail", "shutdown:attic/loft:ha")).isTrue();
        assertThat(waits(plan, "shutdown:attic/east", "shutdown:attic/loft:ha")).isTrue();
        assertThat(waits(plan, "shutdown:attic/other", "shutdown:attic/loft:ha"))
                .isFalse();
        assertThat(step(plan, "recovery:attic/loft:ha").verb()).isEqualTo(Verb.HA_ON);
        assertThat(waits(plan, "recovery:attic/loft:ha", "startup:end")).isTrue();
        assertThat(steps(plan)).doesNotContain("startup:attic/loft:ha");
    }

    @Test
    void aStartupAloneTakesItUpAtItsEnd() {
        Plan plan = byPower(LOFT, "attic", STARTUP);

        assertThat(needs(plan, "startup:attic/loft:ha"))
                .contains("startup:attic/app", "startup:attic/mail", "startup:attic/east", "startup:attic/west");
        assertThat(waits(plan, "startup:end", "startup:attic/loft:ha")).isTrue();
    }

    @Test
    void highAvailabilityIsLeftAloneWhereANodeOfItStaysUp() {
        assertThat(steps(planned(LOFT, "attic/east", SHUTDOWN))).noneMatch(step -> step.endsWith(":ha"));
    }

    @Test
    void aNodeThatNeedsAGuestOfItsOwnClusterGoesByItsOwnRelationsAndThatIsSaid() {
        FakeContracts site = new FakeContracts();
        site.node("attic/east").in("loft");
        site.node("attic/west").in("loft").needs("attic/app");
        site.guest("attic/app", "attic/east");
        site.guest("attic/mail", "attic/west");

        Plan plan = byPower(site.build(), "attic", SHUTDOWN);

        assertThat(waits(plan, "shutdown:attic/app", "shutdown:attic/west")).isTrue();
        assertThat(waits(plan, "shutdown:attic/east", "shutdown:attic/mail")).isTrue();
        assertThat(plan.notes())
                .contains("attic/west needs attic/app, a guest of its own cluster loft: it goes by its own relations");
    }
}
