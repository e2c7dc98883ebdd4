package io.ridethrough.plan;

import static io.ridethrough.plan.Phase.SHUTDOWN;
import static io.ridethrough.plan.Phase.STARTUP;
import static io.ridethrough.plan.Phase.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** R26, R30, R39: a plan that takes down what its orchestrator hangs on hands that over, or says which link is missing. */
final class OwnChainTest {
    /** The orchestrator is attic/control on attic/metal, whose disks are on attic/store; another node is there too. */
    static Contracts attic(WakeWay.By by) {
        return sites(by).build();
    }

    private static FakeContracts sites(WakeWay.By by) {
        FakeContracts sites = new FakeContracts();
        sites.device("attic/switch");
        sites.nas("attic/store").through("attic/switch").takes(90, 180).wokenUnaided(by);
        sites.node("attic/metal")
                .mounts("attic/store")
                .through("attic/switch")
                .takes(45, 90)
                .wokenUnaided(by);
        sites.node("attic/other").mounts("attic/store").takes(45, 90);
        sites.guest("attic/control", "attic/metal").takes(20, 30);
        sites.guest("attic/names", "attic/metal").takes(10, 15);
        sites.guest("attic/app", "attic/other").takes(40, 60);
        return sites.nameService("attic/names").orchestratorOn("attic/control");
    }

    @Test
    @Trap(10)
    void sealsWhenEverythingElseHasSettledAndOnlyThenGoesDownItself() {
        Plan plan = Plans.byPower(attic(WakeWay.By.MAINS), "attic", SHUTDOWN);

        assertThat(plan.refusal()).isEmpty();
        assertThat(Plans.steps(plan))
                .endsWith("shutdown:seal", "shutdown:attic/metal", "shutdown:attic/store", "shutdown:end")
                .doesNotContain("shutdown:attic/control");
        assertThat(Plans.needs(plan, "shutdown:seal")).containsExactly("shutdown:attic/names", "shutdown:attic/other");
        assertThat(Plans.needs(plan, "shutdown:attic/metal")).containsExactly("shutdown:seal");
        assertThat(Plans.needs(plan, "shutdown:attic/store")).containsExactly("shutdown:attic/metal");
        assertThat(plan.notes()).contains("attic/control goes down with attic/metal");
    }

    @Test
    void storageIsToldFirstAndGoesOffAfterTheNodeThatMountsItSurelyHas() {
        HandOver told = HandOver.of(Plans.byPower(attic(WakeWay.By.MAINS), "attic", SHUTDOWN))
                .orElseThrow();

        assertThat(told.own()).hasToString("attic/metal");
        assertThat(told.hops())
                .extracting(hop -> hop.machine().toString())
                .containsExactly("attic/store", "attic/metal");
        assertThat(told.last().delay()).isEqualTo(HandOver.LEAD);
        Duration nodeOff =
                HandOver.SENDING.plus(HandOver.LEAD).plus(Duration.ofMinutes(3)).plus(Duration.ofSeconds(45));
        assertThat(told.hops().get(0).delay()).isGreaterThanOrEqualTo(nodeOff.plus(HandOver.MARGIN));
    }

    @Test
    void takesNothingOfItDownUnlessTheMachineBelowGoesToo() {
        Contracts contracts = attic(WakeWay.By.MAINS);

        assertThat(Plans.planned(contracts, "attic/app", SHUTDOWN).refusal()).isEmpty();
        assertThat(Plans.byPower(contracts, "attic", STARTUP, VERIFY).refusal()).isEmpty();
        assertThat(Planner.plan(Plans.intent("attic", Trigger.HAND, "", SHUTDOWN), contracts, Seen.nothing())
                        .refusal())
                .contains("the orchestrator runs on attic/control; this plan takes down what it hangs on:"
                        + " attic/control. It cannot be handed over: attic/metal, which carries it, is not powered off"
                        + " by this plan: ask for that, or leave these out");
    }

    /** R39: firmware that heeds the mains is no waker where they stay on, unless people are at the hardware. */
    @Test
    void namesTheMachineThatNothingElseWakes() {
        assertThat(Plans.planned(attic(WakeWay.By.MAINS), "attic", SHUTDOWN).refusal())
                .hasValueSatisfying(why -> assertThat(why)
                        .endsWith("only the return of lost mains wakes attic/metal, and a planned shutdown leaves them"
                                + " on"));
        assertThat(Plans.planned(attic(WakeWay.By.ALARM_CLOCK), "attic", SHUTDOWN)
                        .refusal())
                .isEmpty();
        FakeContracts sites = sites(WakeWay.By.MANAGEMENT);
        sites.node("attic/deep").takes(10, 10);
        assertThat(Plans.byPower(chainTo(sites, "attic/deep"), "attic", SHUTDOWN)
                        .refusal())
                .hasValueSatisfying(why -> assertThat(why).endsWith("nothing but itself wakes attic/deep"));
    }

    /** R39: mains wake it after an outage, and the alarm that is set in planned work after that. */
    @Test
    void anAlarmThatIsSetInPlannedWorkWakesWhatOnlyTheReturnOfMainsWould() {
        assertThat(Plans.planned(millWoken(Optional.empty()), "attic", SHUTDOWN).refusal())
                .isPresent();
        assertThat(Plans.planned(
                                millWoken(Optional.of(new WakeWay.AlarmClock(Duration.ofMinutes(30), false))),
                                "attic",
                                SHUTDOWN)
                        .refusal())
                .isEmpty();
    }

    private static Contracts millWoken(Optional<WakeWay> besides) {
        FakeContracts sites = new FakeContracts();
        FakeContracts.Relating metal = sites.node("attic/metal").takes(45, 90).wokenUnaided(WakeWay.By.MAINS);
        besides.ifPresent(metal::wokenBy);
        sites.guest("attic/control", "attic/metal").takes(20, 30);
        return sites.orchestratorOn("attic/control").build();
    }

    private static Contracts chainTo(FakeContracts sites, String node) {
        sites.guest("attic/second", "attic/metal").needs(node);
        return sites.orchestratorOn("attic/second").build();
    }

    @Test
    void namesTheGuestThatMustOutlastItElsewhere() {
        FakeContracts sites = sites(WakeWay.By.MAINS);
        sites.guest("attic/needy", "attic/metal").needs("attic/app");

        assertThat(Plans.byPower(sites.orchestratorOn("attic/needy").build(), "attic", SHUTDOWN)
                        .refusal())
                .hasValueSatisfying(why -> assertThat(why)
                        .endsWith("attic/app must outlast it and runs on another machine than attic/metal"));
    }

    @Test
    void namesTheMachineThatMustOutlastItAndNeedsIt() {
        FakeContracts sites = sites(WakeWay.By.MAINS);
        sites.node("attic/vault").mounts("attic/metal").wokenUnaided(WakeWay.By.MAINS);
        sites.guest("attic/needy", "attic/metal").needs("attic/vault");

        assertThat(Plans.byPower(sites.orchestratorOn("attic/needy").build(), "attic", SHUTDOWN)
                        .refusal())
                .hasValueSatisfying(
                        why -> assertThat(why).endsWith("attic/vault must outlast it and itself needs attic/metal"));
    }

    @Test
    void nobodyHandsOverForAnother() {
        FakeContracts sites = sites(WakeWay.By.MAINS);
        sites.node("barn/metal").wokenUnaided(WakeWay.By.MAINS);
        Contracts both = sites.orchestratorOn("barn/metal").build();

        assertThat(Plans.byPower(both, "attic,barn", SHUTDOWN).refusal()).hasValueSatisfying(why -> assertThat(why)
                .endsWith("no one can hand over for the other: attic/control and barn/metal both go down"));
        assertThat(Plans.byPower(both, "barn", SHUTDOWN).refusal()).isEmpty();
    }

    @Test
    void everythingOutsideTheChainGoesInTheSameOrderAsEver() {
        Contracts contracts = attic(WakeWay.By.MAINS);
        Plan plan = Plans.byPower(contracts, "attic", SHUTDOWN);
        List<String> before = Plans.steps(plan).subList(0, Plans.steps(plan).indexOf("shutdown:seal"));

        assertThat(before)
                .containsExactlyInAnyOrder("shutdown:attic/app", "shutdown:attic/names", "shutdown:attic/other");
        assertThat(Plans.needs(plan, "shutdown:attic/names")).containsExactly("shutdown:attic/app");
        assertThat(Set.copyOf(before)).hasSize(before.size());
    }
}
