package io.ridethrough.plan;

import static io.ridethrough.plan.Phase.PRECHECK;
import static io.ridethrough.plan.Phase.RECOVERY;
import static io.ridethrough.plan.Phase.SHUTDOWN;
import static io.ridethrough.plan.Phase.STARTUP;
import static io.ridethrough.plan.Phase.VERIFY;
import static io.ridethrough.plan.Plans.byPower;
import static io.ridethrough.plan.Plans.ids;
import static io.ridethrough.plan.Plans.intent;
import static io.ridethrough.plan.Plans.needs;
import static io.ridethrough.plan.Plans.planned;
import static io.ridethrough.plan.Plans.step;
import static io.ridethrough.plan.Plans.steps;
import static io.ridethrough.plan.Plans.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Stack;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PlannerTest {
    /** A NAS that the node mounts, a name service, an application with a stack, behind a switch. */
    private static FakeContracts attic() {
        FakeContracts site = new FakeContracts();
        site.device("attic/switch");
        site.nas("attic/store").through("attic/switch");
        site.node("attic/metal").mounts("attic/store").through("attic/switch");
        site.guest("attic/names", "attic/metal");
        site.guest("attic/app", "attic/metal");
        site.stack("attic/web", "attic/app");
        return site.nameService("attic/names");
    }

    /** A Home Assistant is backed up where its contract says so, while a NAS that its backup may go to is there. */
    @Nested
    class BackUp {
        private final Contracts home = io.ridethrough.contract.FakeContracts.atticWithHome();
        private static final String STEP = "shutdown:attic/web:back-up";

        @Test
        void comesFirstAndBeforeItsGuestAndTheNasOfItsSiteInPlannedWork() {
            Plan plan = planned(home, "attic", PRECHECK, SHUTDOWN);

            assertThat(step(plan, STEP).verb()).isEqualTo(Verb.BACK_UP);
            assertThat(step(plan, STEP).expected()).isEqualTo(Duration.ofMinutes(5));
            assertThat(needs(plan, STEP)).containsExactly("precheck:end");
            assertThat(needs(plan, "shutdown:attic/web")).contains(STEP);
            assertThat(needs(plan, "shutdown:attic/nas")).contains(STEP);
        }

        @Test
        void isNeverWaitedForByPower() {
            assertThat(steps(byPower(home, "attic", SHUTDOWN))).doesNotContain(STEP);
        }

        @Test
        void isNotMadeWhereItIsNotShutDownOrNotDeclared() {
            assertThat(steps(planned(home, "attic/pve2", SHUTDOWN))).doesNotContain(STEP);
            assertThat(steps(planned(io.ridethrough.contract.FakeContracts.attic(), "attic", SHUTDOWN)))
                    .doesNotContain(STEP);
        }
    }

    @Nested
    class Shutdown {
        @Test
        @Trap(16)
        void takesGuestsThenNodesThenTheNasTheyMount() {
            Plan plan = byPower(attic().build(), "attic", SHUTDOWN);

            assertThat(steps(plan))
                    .containsExactly(
                            "shutdown:attic/app",
                            "shutdown:attic/names",
                            "shutdown:attic/metal",
                            "shutdown:attic/store",
                            "shutdown:end");
            assertThat(needs(plan, "shutdown:attic/store")).containsExactly("shutdown:attic/metal");
            assertThat(needs(plan, "shutdown:attic/metal")).containsExactly("shutdown:attic/names");
            assertThat(needs(plan, "shutdown:end")).containsExactly("shutdown:attic/store");
            assertThat(step(plan, "shutdown:attic/store").verb()).isEqualTo(Verb.POWER_OFF);
            assertThat(step(plan, "shutdown:attic/app").verb()).isEqualTo(Verb.SHUT_DOWN);
        }

        @Test
        @Trap(10)
        void stopsTheNameServiceAfterEveryGuestThatItDoesNotNeedItself() {
            FakeContracts site = attic();
            site.guest("attic/router", "attic/metal");
            site.stack("attic/filter", "attic/vm").needs("attic/router");
            site.guest("attic/vm", "attic/metal");
            site.nameService("attic/filter");

            Plan plan = byPower(site.build(), "attic", SHUTDOWN);

            assertThat(waits(plan, "shutdown:attic/vm", "shutdown:attic/app")).isTrue();
            assertThat(waits(plan, "shutdown:attic/vm", "shutdown:attic/names")).isTrue();
            assertThat(waits(plan, "shutdown:attic/router", "shutdown:attic/vm"))
                    .isTrue();
        }

        @Test
        @Trap(10)
        void takesWhatCommandsPassThroughLast() {
            FakeContracts site = new FakeContracts();
            site.node("attic/metal");
            site.node("attic/edge");
            site.guest("attic/app", "attic/metal").through("attic/router");
            site.guest("attic/router", "attic/edge");

            Plan plan = byPower(site.build(), "attic", SHUTDOWN);

            assertThat(needs(plan, "shutdown:attic/router")).containsExactly("shutdown:attic/app");
        }

        @Test
        void transmitsOrderThroughDevicesThatAreNeverCommanded() {
            FakeContracts site = new FakeContracts();
            site.node("attic/metal");
            site.guest("attic/app", "attic/metal").needs("attic/radio");
            site.device("attic/radio").needs("attic/broker");
            site.guest("attic/broker", "attic/metal");

            Plan plan = byPower(site.build(), "attic", SHUTDOWN, STARTUP, RECOVERY);

            assertThat(needs(plan, "shutdown:attic/broker")).containsExactly("shutdown:attic/app");
            assertThat(needs(plan, "startup:attic/app")).containsExactly("startup:attic/broker");
            assertThat(steps(plan)).noneMatch(step -> step.contains("radio"));
        }

        @Test
        void leavesNodesAndNasUpInPlannedWorkUnlessAskedAndSaysSo() {
            Contracts contracts = attic().build();

            Plan plan = Planner.plan(intent("attic", Trigger.HAND, "", SHUTDOWN, STARTUP), contracts, Seen.nothing());

            assertThat(steps(plan)).doesNotContain("shutdown:attic/metal", "shutdown:attic/store");
            assertThat(plan.notes())
                    .contains("attic/metal, attic/store stay up: powering off is not asked for at attic");
            assertThat(step(plan, "startup:attic/metal").expected()).isLessThan(Duration.ofSeconds(5));
            assertThat(steps(planned(contracts, "attic", SHUTDOWN))).contains("shutdown:attic/store");
        }

        @Test
        void stopsStacksItselfOnlyByContractAndOnlyInPlannedWork() {
            FakeContracts site = attic();
            site.stack("attic/base", "attic/app").stopBy(Stack.StopBy.COMPOSE_STOP);
            site.stack("attic/top", "attic/app")
                    .stopBy(Stack.StopBy.COMPOSE_DOWN)
                    .needs("attic/base");
            Contracts contracts = site.build();

            Plan planned = planned(contracts, "attic", SHUTDOWN, STARTUP);

            assertThat(needs(planned, "shutdown:attic/base")).containsExactly("shutdown:attic/top");
            assertThat(needs(planned, "shutdown:attic/app")).containsExactly("shutdown:attic/base");
            assertThat(step(planned, "shutdown:attic/top").verb()).isEqualTo(Verb.COMPOSE_DOWN);
            assertThat(step(planned, "shutdown:attic/base").verb()).isEqualTo(Verb.COMPOSE_STOP);
            assertThat(needs(planned, "startup:attic/base")).containsExactly("startup:attic/app");
            assertThat(needs(planned, "startup:attic/top")).containsExactly("startup:attic/base");
            assertThat(steps(planned)).doesNotContain("shutdown:attic/web", "startup:attic/web");
            assertThat(steps(byPower(contracts, "attic", SHUTDOWN)))
                    .doesNotContain("shutdown:attic/base", "shutdown:attic/top");
        }

        @Test
        void keepsWhatAStackNeedsUpUntilItsHostIsDown() {
            FakeContracts site = attic();
            site.guest("attic/database", "attic/metal");
            site.stack("attic/shop", "attic/app").needs("attic/database", "attic/web");

            Plan plan = byPower(site.build(), "attic", SHUTDOWN, STARTUP);

            assertThat(needs(plan, "shutdown:attic/database")).containsExactly("shutdown:attic/app");
            assertThat(needs(plan, "startup:attic/app")).containsExactly("startup:attic/database");
            assertThat(plan.notes()).noneMatch(note -> note.contains("carries"));
        }

        @Test
        void breaksTheTieOfTwoHostsWhoseStacksNeedEachOtherAndSaysSo() {
            FakeContracts site = attic();
            site.guest("attic/other", "attic/metal");
            site.stack("attic/front", "attic/app").needs("attic/back");
            site.stack("attic/back", "attic/other");
            site.stack("attic/mirror", "attic/other").needs("attic/web");

            Plan plan = byPower(site.build(), "attic", SHUTDOWN);

            assertThat(needs(plan, "shutdown:attic/other")).contains("shutdown:attic/app");
            assertThat(plan.notes())
                    .contains("attic/other carries a stack that needs attic/web, which itself needs attic/other:"
                            + " the first goes by its own relations");
        }

        @Test
        void neverTouchesExcludedGuestsAndNamesEachOnce() {
            Contracts contracts =
                    attic().excluded("attic/metal", 104, "a template").build();

            Plan plan = byPower(contracts, "attic", SHUTDOWN, STARTUP, RECOVERY);

            assertThat(steps(plan)).noneMatch(step -> step.contains("attic/app"));
            assertThat(plan.notes())
                    .containsOnlyOnce("guest 104 (old-104) of attic/metal is never touched: a template");
        }
    }

    @Nested
    class Startup {
        @Test
        @Trap(16)
        void wakesTheNasFirstThenNodesThenTheNameServiceThenTheOthers() {
            Plan plan = planned(attic().build(), "attic", STARTUP);

            assertThat(steps(plan))
                    .containsExactly(
                            "startup:attic/store",
                            "startup:attic/metal",
                            "startup:attic/names",
                            "startup:attic/app",
                            "startup:end");
            assertThat(step(plan, "startup:attic/store").verb()).isEqualTo(Verb.WAKE);
            assertThat(step(plan, "startup:attic/app").verb()).isEqualTo(Verb.START);
        }

        @Test
        void startsWhatWasRunningAndLeavesStoppedWhatAPersonHadStopped() {
            FakeContracts site = attic();
            site.guest("attic/always", "attic/metal").alwaysStart();
            site.guest("attic/unknown", "attic/metal").noOnboot();
            site.guest("attic/manual", "attic/metal").noOnboot();
            site.guest("attic/leaf", "attic/metal").needs("attic/app");
            Seen seen = new Seen(ids("attic/app", "attic/always", "attic/manual"), ids("attic/manual"), Set.of());

            Plan plan = Planner.plan(intent("attic", Trigger.POWER, "", STARTUP, RECOVERY, VERIFY), site.build(), seen);

            assertThat(steps(plan))
                    .contains("startup:attic/always", "startup:attic/manual", "startup:attic/leaf")
                    .doesNotContain("startup:attic/app", "startup:attic/unknown")
                    .doesNotContain("recovery:attic/app", "recovery:attic/web");
            assertThat(plan.notes())
                    .contains(
                            "attic/app was stopped before the last shutdown and stays so",
                            "attic/unknown was never seen running and does not start at boot: it stays as it is");
        }

        @Test
        void energisesNothingThatIsHeldNorWhatDependsOnIt() {
            FakeContracts site = attic();
            site.guest("attic/leaf", "attic/metal").needs("attic/app");
            Seen seen = new Seen(Set.of(), Set.of(), ids("attic/app"));

            Plan plan =
                    Planner.plan(intent("attic", Trigger.POWER, "", SHUTDOWN, STARTUP, RECOVERY), site.build(), seen);

            assertThat(steps(plan))
                    .contains("shutdown:attic/app", "startup:attic/names")
                    .doesNotContain("startup:attic/app", "startup:attic/leaf")
                    .doesNotContain("recovery:attic/app", "recovery:attic/leaf", "recovery:attic/web");
            assertThat(plan.notes())
                    .contains(
                            "attic/app is held: nothing energises it until it is released",
                            "attic/leaf is not started: it depends on attic/app, which is held");
        }

        @Test
        void aHeldNameServiceKeepsNobodyElseDown() {
            Seen seen = new Seen(Set.of(), Set.of(), ids("attic/names"));

            Plan plan = Planner.plan(intent("attic", Trigger.POWER, "", STARTUP), attic().build(), seen);

            assertThat(steps(plan)).contains("startup:attic/app").doesNotContain("startup:attic/names");
        }

        @Test
        void saysWhichMachinesOnlyAPersonCanSwitchOn() {
            FakeContracts site = attic();
            site.node("attic/old").wokenByHand();

            assertThat(planned(site.build(), "attic", STARTUP).notes())
                    .contains("attic/old has no declared way to be woken: if it is off, a person must switch it on");
        }
    }

    @Nested
    class OtherPhases {
        @Test
        void recoversEverythingThatShouldBeUpInStartupOrder() {
            Plan plan = planned(attic().build(), "attic", RECOVERY);

            assertThat(steps(plan))
                    .containsExactly(
                            "recovery:attic/store",
                            "recovery:attic/metal",
                            "recovery:attic/names",
                            "recovery:attic/app",
                            "recovery:attic/web",
                            "recovery:end");
            assertThat(needs(plan, "recovery:attic/web")).containsExactly("recovery:attic/app");
        }

        @Test
        void checksEveryMachineAndGuardsTheSitesThatAskForIt() {
            FakeContracts sites = attic().guard("attic/metal");
            sites.node("barn/metal");
            sites.guest("barn/app", "barn/metal");

            Plan plan = planned(sites.build(), "attic,barn", PRECHECK);

            assertThat(steps(plan))
                    .containsExactly(
                            "precheck:attic/metal",
                            "precheck:attic/store",
                            "precheck:barn/metal",
                            "precheck:attic:guard",
                            "precheck:end");
            assertThat(step(plan, "precheck:attic:guard").asset()).contains(AssetId.parse("attic/metal"));
            assertThat(steps(planned(sites.build(), "barn/app", PRECHECK)))
                    .containsExactly("precheck:barn/metal", "precheck:end");
        }

        @Test
        void asksEveryNodeAndDeclaredProbeOfItsScopeSideBySide() {
            FakeContracts site = attic().probe("attic/app", "web").probe("attic/names", "dns");
            site.device("attic/camera");
            site.probe("attic/camera", "answers");
            site.node("barn/metal");
            site.probe("barn/metal", "ssh");

            Plan plan = planned(site.build(), "attic", VERIFY);

            assertThat(steps(plan))
                    .containsExactly(
                            "verify:attic/app:web",
                            "verify:attic/camera:answers",
                            "verify:attic/metal",
                            "verify:attic/names:dns",
                            "verify:end");
            assertThat(step(plan, "verify:attic/app:web").probe()).isPresent();
            assertThat(needs(plan, "verify:attic/names:dns")).isEmpty();
        }

        @Test
        void joinsPhasesByTheirEnds() {
            Plan plan = planned(
                    attic().probe("attic/app", "web").build(), "attic", PRECHECK, SHUTDOWN, STARTUP, RECOVERY, VERIFY);

            assertThat(needs(plan, "precheck:end")).containsExactly("precheck:attic/metal", "precheck:attic/store");
            assertThat(needs(plan, "shutdown:attic/app")).containsExactly("precheck:end");
            assertThat(needs(plan, "startup:attic/store")).containsExactly("shutdown:end");
            assertThat(needs(plan, "recovery:attic/store")).containsExactly("startup:end");
            assertThat(needs(plan, "verify:attic/app:web")).containsExactly("recovery:end");
            assertThat(step(plan, "verify:end").asset()).isEmpty();
        }

        @Test
        void anEmptyPhaseStillJoinsItsNeighbours() {
            FakeContracts site = new FakeContracts();
            site.node("attic/metal");

            Plan plan = Planner.plan(
                    intent("attic", Trigger.HAND, "", SHUTDOWN, STARTUP, VERIFY), site.build(), Seen.nothing());

            assertThat(needs(plan, "shutdown:end")).isEmpty();
            assertThat(needs(plan, "startup:attic/metal")).containsExactly("shutdown:end");
            assertThat(needs(plan, "verify:attic/metal")).containsExactly("startup:end");
        }
    }

    @Nested
    class ScopeOfAssets {
        private FakeContracts two() {
            FakeContracts sites = attic();
            sites.guest("attic/leaf", "attic/metal").needs("attic/app");
            sites.node("barn/metal");
            sites.guest("barn/mirror", "barn/metal").needs("attic/app");
            return sites;
        }

        @Test
        void takesDownFirstWhatDependsOnTheAssetAlsoAtOtherSites() {
            Plan plan = planned(two().build(), "attic/app", SHUTDOWN, STARTUP);

            assertThat(steps(plan))
                    .containsExactly(
                            "shutdown:attic/leaf",
                            "shutdown:barn/mirror",
                            "shutdown:attic/app",
                            "shutdown:end",
                            "startup:attic/app",
                            "startup:attic/leaf",
                            "startup:barn/mirror",
                            "startup:end");
            assertThat(plan.notes())
                    .contains(
                            "attic/leaf is in this run too: it depends on what was asked for",
                            "at another site: barn/mirror is in this run too: it depends on what was asked for",
                            "attic/metal is not in this run and must be up: attic/app, attic/leaf need it",
                            "barn/metal is not in this run and must be up: barn/mirror needs it");
            assertThat(plan.sites()).extracting("value").containsExactly("attic", "barn");
        }

        @Test
        void doesNotTakeDownWhatIsOnlyResolvedByTheAssetOrReachedThroughIt() {
            FakeContracts site = attic();
            site.guest("attic/far", "attic/metal").through("attic/names");

            assertThat(steps(planned(site.build(), "attic/names", SHUTDOWN)))
                    .containsExactly("shutdown:attic/names", "shutdown:end");
        }

        @Test
        void aDeviceTakesDownWhatNeedsItAndIsNotCommanded() {
            FakeContracts site = attic();
            site.device("attic/radio");
            site.guest("attic/hub", "attic/metal").needs("attic/radio");

            Plan plan = planned(site.build(), "attic/radio", SHUTDOWN);

            assertThat(steps(plan)).containsExactly("shutdown:attic/hub", "shutdown:end");
            assertThat(plan.notes())
                    .contains("attic/radio is a device and never commanded; the run is about what depends on it");
        }

        @Test
        void aStackThatGoesWithItsHostGetsNoStepAndSaysSo() {
            Plan plan = planned(attic().build(), "attic/web", SHUTDOWN);

            assertThat(steps(plan)).containsExactly("shutdown:end");
            assertThat(plan.notes()).contains("attic/web goes down and comes up with its host attic/app");
        }

        @Test
        void warnsWhereAMachineStaysUpOnAMountThatGoesOff() {
            FakeContracts sites = attic();
            sites.node("barn/metal").mounts("attic/store");

            assertThat(planned(sites.build(), "attic/store", SHUTDOWN).notes())
                    .contains(
                            "barn/metal mounts attic/store and stays up while it goes off: its mount will hang",
                            "barn/metal stays up: powering off is not asked for at barn");
        }
    }

    @Nested
    class ScopeOfSites {
        @Test
        void isNeverBlockedByASiteOutsideTheRun() {
            FakeContracts sites = attic();
            sites.node("barn/metal");
            sites.guest("barn/mirror", "barn/metal").needs("attic/app");
            Contracts contracts = sites.build();
            Seen held = new Seen(Set.of(), Set.of(), ids("attic/app"));

            Plan alone = Planner.plan(intent("barn", Trigger.POWER, "", SHUTDOWN, STARTUP), contracts, held);
            Plan both = byPower(contracts, "attic,barn", SHUTDOWN, STARTUP);

            assertThat(steps(alone)).contains("startup:barn/mirror").noneMatch(step -> step.contains("attic"));
            assertThat(alone.notes()).contains("attic/app is not in this run and must be up: barn/mirror needs it");
            assertThat(needs(both, "shutdown:attic/app")).containsExactly("shutdown:barn/mirror");
            assertThat(needs(both, "startup:barn/mirror")).containsExactly("startup:attic/app", "startup:barn/metal");
        }
    }

    @Nested
    class Refusal {
        @Test
        void refusesNothingWhenTheOrchestratorLivesOutside() {
            assertThat(byPower(attic().build(), "attic", SHUTDOWN).refusal()).isEmpty();
        }
    }

    @Test
    void showsTheCycleWhenRelationsHaveOne() {
        FakeContracts site = attic();
        site.guest("attic/one", "attic/metal").needs("attic/two");
        site.guest("attic/two", "attic/metal").needs("attic/one");

        assertThatThrownBy(() -> byPower(site.build(), "attic", SHUTDOWN))
                .hasMessageContaining("[attic/one, attic/two, attic/one]");
    }
}
