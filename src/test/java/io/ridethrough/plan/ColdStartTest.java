package io.ridethrough.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Ups;
import io.ridethrough.contract.WakeWay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** When all of it is dark: what comes up and when, or the circle that waits for itself, by name. */
final class ColdStartTest {
    private static FakeContracts attic() {
        FakeContracts sites = new FakeContracts();
        sites.nas("attic/store").takes(60, 180);
        sites.node("attic/metal").mounts("attic/store").takes(45, 90);
        sites.guest("attic/names", "attic/metal").takes(10, 15);
        sites.guest("attic/app", "attic/metal").needs("attic/names").takes(40, 60);
        return sites;
    }

    @Test
    void everythingRisesInTheOrderOfItsNeedsAndTheLastTellsHowLongThatTakes() {
        ColdStart proven = ColdStart.of(attic().build());

        assertThat(proven.circles()).isEmpty();
        assertThat(proven.behind()).isEmpty();
        assertThat(proven.byHand()).isEmpty();
        assertThat(proven.rises().get(new SiteId("attic")))
                .containsExactly(
                        risen("attic/store", 180),
                        risen("attic/metal", 270),
                        risen("attic/names", 285),
                        risen("attic/app", 345));
    }

    @Test
    void nameServiceThatMustBeStartedByTheNameItAnswersIsACircle() {
        FakeContracts sites = new FakeContracts();
        sites.node("attic/metal").at("metal.attic.example").takes(45, 90);
        sites.guest("attic/names", "attic/metal").noOnboot();
        sites.guest("attic/app", "attic/metal").needs("attic/names");

        ColdStart proven = ColdStart.of(sites.nameService("attic/names").build());

        assertThat(proven.circles())
                .containsExactly(
                        List.of("attic/names is started at metal.attic.example, a name that attic/names knows"));
        assertThat(proven.behind()).containsExactly(AssetId.parse("attic/app"));
    }

    @Test
    void nameServiceThatItsNodeStartsByItselfIsNone() {
        FakeContracts sites = new FakeContracts();
        sites.node("attic/metal").at("metal.attic.example");
        sites.guest("attic/names", "attic/metal");
        sites.guest("attic/app", "attic/metal").noOnboot();

        assertThat(ColdStart.of(sites.nameService("attic/names").build()).circles())
                .isEmpty();
    }

    @Test
    void hostThatSendsThePacketToItsOwnNodeIsACircleAndAnotherOneIsNot() {
        FakeContracts sites = new FakeContracts();
        sites.node("attic/metal").wokenBy(packetFrom("attic/helper"));
        sites.guest("attic/helper", "attic/metal");
        FakeContracts well = new FakeContracts();
        well.node("attic/metal").wokenBy(packetFrom("attic/bench"));
        well.node("attic/bench").wokenUnaided(WakeWay.By.MAINS);

        assertThat(ColdStart.of(sites.build()).circles())
                .containsExactly(
                        List.of("attic/helper runs on attic/metal", "attic/metal is woken through attic/helper"));
        assertThat(ColdStart.of(well.build()).circles()).isEmpty();
    }

    @Test
    void orchestratorThatWakesTheMachineBelowItIsACircleUnlessSomethingElseWakesThat() {
        FakeContracts sites = new FakeContracts();
        sites.node("attic/metal");
        sites.guest("attic/control", "attic/metal");
        FakeContracts well = new FakeContracts();
        well.node("attic/metal").wokenUnaided(WakeWay.By.ALARM_CLOCK);
        well.guest("attic/control", "attic/metal");

        assertThat(ColdStart.of(sites.orchestratorOn("attic/control").build()).circles())
                .containsExactly(List.of(
                        "attic/control runs on attic/metal",
                        "attic/metal is woken by the orchestrator on attic/control"));
        assertThat(ColdStart.of(well.orchestratorOn("attic/control").build()).circles())
                .isEmpty();
    }

    @Test
    void brokerThatTellsOfMainsAndIsStartedWhenTheyAreBackIsACircleUnlessItsNutServerTellsToo() {
        assertThat(ColdStart.of(withBroker(false)).circles())
                .containsExactly(List.of(
                        "attic/broker runs on attic/metal", "attic/metal is woken once attic/ups tells of mains"));
        assertThat(ColdStart.of(withBroker(true)).circles()).isEmpty();
    }

    /** R39: in an outage no alarm is set, unless the contract permits it. */
    @Test
    void alarmThatIsSetInPlannedWorkOnlyWakesNothingInTheDark() {
        for (boolean inOutage : new boolean[] {true, false}) {
            FakeContracts sites = new FakeContracts();
            sites.node("attic/metal").wokenBy(new WakeWay.AlarmClock(Duration.ofMinutes(30), inOutage));
            sites.guest("attic/control", "attic/metal");

            assertThat(ColdStart.of(sites.orchestratorOn("attic/control").build())
                            .byHand()
                            .isEmpty())
                    .isEqualTo(inOutage);
        }
    }

    @Test
    void machineThatOnlyAPersonSwitchesOnIsNamed() {
        FakeContracts sites = new FakeContracts();
        sites.node("attic/metal").wokenByHand();

        assertThat(ColdStart.of(sites.build()).byHand()).containsExactly(AssetId.parse("attic/metal"));
    }

    @Test
    void twoSitesThatWaitForEachOtherAreACircle() {
        FakeContracts sites = new FakeContracts();
        sites.node("attic/metal").wokenBy(packetFrom("cellar/stone"));
        sites.node("cellar/stone").wokenBy(packetFrom("attic/metal"));

        assertThat(ColdStart.of(sites.build()).circles())
                .containsExactly(List.of(
                        "attic/metal is woken through cellar/stone", "cellar/stone is woken through attic/metal"));
    }

    @Test
    void machineWhosePlugIsToldByABrokerThatRunsOnItIsACircle() {
        FakeContracts sites = new FakeContracts();
        sites.device("attic/plug");
        sites.node("attic/metal")
                .wokenBy(new WakeWay.Plug(
                        AssetId.parse("attic/plug"),
                        AssetId.parse("attic/metal"),
                        "tcp://127.0.0.7:1883",
                        Optional.empty(),
                        WakeWay.PlugKind.TASMOTA,
                        "plug",
                        1,
                        false,
                        OptionalDouble.empty(),
                        Optional.empty()));
        sites.guest("attic/broker", "attic/metal").at("127.0.0.7");

        assertThat(ColdStart.of(sites.build()).circles())
                .containsExactly(List.of(
                        "attic/broker runs on attic/metal",
                        "attic/metal is woken through attic/broker and attic/plug"));
    }

    private static Contracts withBroker(boolean nutToo) {
        FakeContracts sites = new FakeContracts();
        sites.node("attic/metal");
        sites.guest("attic/broker", "attic/metal").at("127.0.0.7");
        return sites.fedBy(new Ups(
                        AssetId.parse("attic/ups"),
                        "ups",
                        Optional.of(new Ups.MqttSource(
                                "tcp://127.0.0.7:1883",
                                Optional.empty(),
                                Ups.Format.JSON,
                                "ups",
                                Map.of(),
                                Map.of(),
                                Duration.ofSeconds(1),
                                Optional.empty())),
                        nutToo
                                ? Optional.of(new Ups.NutSource(
                                        "127.0.0.8",
                                        3493,
                                        "ups",
                                        Optional.empty(),
                                        Duration.ofSeconds(5),
                                        Optional.empty()))
                                : Optional.empty(),
                        Duration.ofMinutes(20)))
                .build();
    }

    private static WakeWay packetFrom(String host) {
        return new WakeWay.WakeOnLan(
                List.of("02:00:00:00:00:01"), "127.255.255.255", 9, Optional.of(AssetId.parse(host)));
    }

    private static ColdStart.Risen risen(String asset, long seconds) {
        return new ColdStart.Risen(AssetId.parse(asset), Duration.ofSeconds(seconds));
    }
}
