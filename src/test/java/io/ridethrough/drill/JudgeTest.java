package io.ridethrough.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.drill.Finding.Verdict;
import io.ridethrough.lab.host.LabEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a drill says of a site follows from what its hosts noted, whatever the run says of itself. */
final class JudgeTest {
    private static final Contracts CONTRACTS = FakeContracts.attic();
    private static final Site SITE = CONTRACTS.sites().values().iterator().next();
    private static final AssetId NODE = SITE.assets().stream()
            .filter(Node.class::isInstance)
            .findFirst()
            .orElseThrow()
            .id();
    private static final AssetId NAS = SITE.assets().stream()
            .filter(Nas.class::isInstance)
            .findFirst()
            .orElseThrow()
            .id();
    private static final Guest GUEST = SITE.guests().stream()
            .filter(guest -> guest.runsOn().equals(NODE))
            .findFirst()
            .orElseThrow();
    private static final String UPS = SITE.id() + "/ups";

    private final List<LabEvent> log = new ArrayList<>();
    private Set<AssetId> stuck = Set.of();
    private Set<AssetId> up = Set.of(NODE, NAS, GUEST.id());
    private Optional<JsonNode> shutdown = Optional.empty();

    @Test
    void aShutdownInOrderBeforeTheBatteryIsEmptyPasses() {
        wentDownInOrder();

        Played played = played(Scenario.NORMAL_OUTAGE);

        assertThat(played.passed()).as(played.toString()).isTrue();
        assertThat(played.findings()).extracting(Finding::verdict).containsOnly(Verdict.MET);
        assertThat(played.took()).contains(200.0);
        assertThat(played.lost()).isEmpty();
    }

    @Test
    void whatLosesItsPowerFailsAndIsNamed() {
        at(0, UPS, "mains", "cut", "-", "call");
        at(600, NODE.toString(), command(), "lost", vmid(), "violation");
        at(600, NODE.toString(), "power", "lost", "-", "violation");

        Played played = played(Scenario.NORMAL_OUTAGE);

        assertThat(played.passed()).isFalse();
        assertThat(played.lost())
                .containsExactlyInAnyOrder(NODE.toString(), GUEST.id().toString());
        assertThat(finding(played, "Nothing loses its power").because())
                .contains(NODE + " lost its power while it ran: the battery lasts 10:00");
        assertThat(finding(played, "Every node and NAS").because()).contains(NAS + " was never off");
    }

    @Test
    void anOrderThatYieldedFails() {
        wentDownInOrder();
        at(90, NODE.toString(), command(), "still-running", vmid(), "violation");

        assertThat(finding(played(Scenario.NORMAL_OUTAGE), "Guests go before"))
                .isEqualTo(new Finding(
                        "Guests go before their node, and what mounts a NAS before the NAS.",
                        Verdict.FAILED,
                        GUEST.id() + " still ran when " + NODE + " went off"));
    }

    @Test
    void aCommandThatCameTwiceFails() {
        wentDownInOrder();
        at(61, NODE.toString(), command(), "shutdown", vmid(), "begin");

        assertThat(finding(played(Scenario.NORMAL_OUTAGE), "No command to go down")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    /** R13. */
    @Test
    void aMachineThatIsToldToGoOffAfterMainsAreBackFailsTheDrill() {
        at(0, UPS, "mains", "cut", "-", "call");
        at(70, UPS, "mains", "restore", "-", "call");
        at(170, NODE.toString(), "poweroff", "poweroff", "-", "begin");
        at(190, NODE.toString(), "poweroff", "poweroff", "-", "end");

        Played played = played(Scenario.BACK_IN_FIRST_THIRD);

        assertThat(finding(played, "No machine is told").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(finding(played, "No machine is told").because())
                .isEqualTo(
                        NODE + " was told to go off 1:40 after the mains were back, and nothing had been told before");
        assertThat(played.passed()).isFalse();
    }

    /** R14: from there the site finishes, then starts. */
    @Test
    void whatFollowsAPowerOffThatWasAlreadySentIsAsPromised() {
        at(0, UPS, "mains", "cut", "-", "call");
        at(60, NODE.toString(), "poweroff", "poweroff", "-", "begin");
        at(70, UPS, "mains", "restore", "-", "call");
        at(170, NAS.toString(), "poweroff", "poweroff", "-", "begin");

        assertThat(finding(played(Scenario.BACK_IN_SECOND_THIRD), "No machine is told"))
                .extracting(Finding::verdict, Finding::because)
                .containsExactly(
                        Verdict.MET,
                        "mains back after 1:10; power-off was already sent to " + NODE + ", so the site finished with "
                                + NAS);
    }

    @Test
    void aRunThatCallsAMachineOffWhichIsOnIsNotBelieved() {
        wentDownInOrder();
        log.removeIf(event -> event.host().equals(NAS.toString()));
        shutdown = Optional.of(run(NAS));
        stuck = Set.of(NAS);

        Played lostNas = played(Scenario.LOST_NAS);

        assertThat(finding(lostNas, "What the run says"))
                .extracting(Finding::verdict, Finding::because)
                .containsExactly(
                        Verdict.SHORT,
                        "the run says Done of " + NAS + " (it seems so), and by its own log it never went down");
        assertThat(lostNas.lost()).containsExactly(NAS.toString());

        stuck = Set.of();
        assertThat(finding(played(Scenario.NORMAL_OUTAGE), "What the run says").verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void aLossThatNoForecastNamedFailsUnlessItIsWithinTheReserve() {
        at(0, UPS, "mains", "cut", "-", "call");
        at(600, NODE.toString(), "power", "lost", "-", "violation");

        assertThat(finding(played(Scenario.DEAD_BATTERY), "What is lost").verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(finding(played(Scenario.DEAD_BATTERY, 200, ""), "What is lost")
                        .verdict())
                .isEqualTo(Verdict.SHORT);
        assertThat(finding(played(Scenario.DEAD_BATTERY, 100, NODE.toString()), "What is lost")
                        .verdict())
                .isEqualTo(Verdict.MET);
    }

    @Test
    void aHungGuestThatIsNotForcedAndOneThatIsForcedInsteadFail() {
        wentDownInOrder();
        stuck = Set.of(GUEST.id());
        assertThat(finding(played(Scenario.HUNG_GUESTS), "Guests that hang").because())
                .contains("hung and was not forced");

        at(80, NODE.toString(), command(), "stop", vmid(), "begin");
        assertThat(finding(played(Scenario.HUNG_GUESTS), "Guests that hang").verdict())
                .isEqualTo(Verdict.MET);
        stuck = Set.of();
        assertThat(finding(played(Scenario.HUNG_GUESTS), "Guests that hang").because())
                .contains("was forced and did not hang");
    }

    @Test
    void aCommandInAFlapFailsAndSoDoesWhatDoesNotComeBack() {
        wentDownInOrder();
        assertThat(played(Scenario.SHORT_FLAP).passed()).isFalse();

        up = Set.of(NODE, NAS);
        assertThat(finding(played(Scenario.NORMAL_OUTAGE), "Everything that ran")
                        .because())
                .isEqualTo(GUEST.id() + " does not run");
    }

    private void wentDownInOrder() {
        at(0, UPS, "mains", "cut", "-", "call");
        at(60, NODE.toString(), command(), "shutdown", vmid(), "begin");
        at(80, NODE.toString(), command(), "shutdown", vmid(), "end");
        at(90, NODE.toString(), "poweroff", "poweroff", "-", "begin");
        at(120, NODE.toString(), "poweroff", "poweroff", "-", "end");
        at(130, NAS.toString(), "poweroff", "poweroff", "-", "begin");
        at(200, NAS.toString(), "poweroff", "poweroff", "-", "end");
    }

    private static String command() {
        return GUEST.form() == Guest.Form.VM ? "qm" : "pct";
    }

    private static String vmid() {
        return Integer.toString(GUEST.vmid());
    }

    private void at(long second, String host, String command, String verb, String id, String what) {
        log.add(new LabEvent(second * 1_000_000, host, command, verb, id, what));
    }

    private static JsonNode run(AssetId asset) {
        var run = JsonMapper.builder().build().createObjectNode().put("result", "complete");
        run.putArray("steps")
                .addObject()
                .put("verb", "POWER_OFF")
                .put("asset", asset.toString())
                .put("outcome", "Done")
                .put("evidence", "it seems so");
        return run;
    }

    private Played played(Scenario scenario) {
        return played(scenario, 600, "");
    }

    private Played played(Scenario scenario, double battery, String lost) {
        var forecast = JsonMapper.builder()
                .build()
                .createObjectNode()
                .put("begins", 60)
                .put("ends", 240)
                .put("battery", battery);
        var goes = forecast.putArray("goes");
        goes.addObject().put("asset", NODE.toString()).put("verb", "POWER_OFF").put("end", 150);
        goes.addObject().put("asset", NAS.toString()).put("verb", "POWER_OFF").put("end", 240);
        var named = forecast.putArray("lost");
        if (!lost.isEmpty()) {
            named.add(lost);
        }
        return Judge.of(
                SITE,
                new Course(
                        scenario,
                        1,
                        forecast,
                        log,
                        shutdown,
                        Optional.empty(),
                        Set.of(NODE, NAS, GUEST.id()),
                        up,
                        Set.of(),
                        stuck,
                        List.of()));
    }

    private static Finding finding(Played played, String begins) {
        return played.findings().stream()
                .filter(finding -> finding.expected().startsWith(begins))
                .findFirst()
                .orElseThrow();
    }
}
