package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Request;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.unifi.UnifiTold;
import io.ridethrough.target.unifi.UnifiTold.State;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A device of the attic that its controller knows, in virtual time: what is sent, and when it counts as restarted. */
class DeviceRestartTest {
    private static final String MAC = "02:00:5e:20:00:03";
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final Duration DAYS = Duration.ofDays(3);

    private final Contracts contracts = FakeContracts.atticThrough(MAC);
    private final VirtualTime time = new VirtualTime();
    private final List<UnifiAsk.Restart> sent = new ArrayList<>();
    private State state = State.ONLINE;
    private Duration up = DAYS;
    private Told answer = new Told.Done("taken");
    private long restarts = Long.MAX_VALUE;
    private boolean comesBack = true;
    private boolean away;
    private String known = MAC;

    @Test
    void aDeviceIsRestartedWhenItIsOnlineWithALowerUptimeAndNotBefore() {
        long began = time.nanos();

        assertThat(restarted()).isInstanceOfSatisfying(Answer.Accepted.class, yes -> assertThat(yes.evidence())
                .contains("taken; it restarted and is ONLINE, up "));

        assertThat(Duration.ofNanos(time.nanos() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(sent).extracting(UnifiAsk.Restart::mac).containsExactly(MAC);
    }

    @Test
    void aRestartThatIsOnlyPretendedOrWhoseDeviceStaysAwayIsUnknownAndSentOnce() {
        comesBack = false;

        assertThat(restarted()).isInstanceOf(Answer.Lost.class);

        assertThat(sent).hasSize(1);
    }

    @Test
    void aLostAnswerIsLookedForAndNotSentAgain() {
        answer = new Told.Lost("no answer");

        assertThat(restarted()).isInstanceOf(Answer.Accepted.class);
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatTheGuardsRefuseIsNotWaitedFor() {
        answer = new Told.Declined("refused: attic/nas is held");
        long began = time.nanos();

        assertThat(restarted()).isEqualTo(new Answer.Declined("refused: attic/nas is held"));
        assertThat(time.nanos()).isEqualTo(began);
    }

    /** After a crash of ours too: what was just restarted is given its time. */
    @Test
    void nothingIsSentToWhatStartedAMomentAgoOrIsChangingOrIsNotKnownOrNotSeen() {
        up = Duration.ofSeconds(40);
        assertThat(restarted()).isInstanceOf(Answer.Accepted.class);
        up = DAYS;
        state = State.CHANGING;
        assertThat(restarted()).isInstanceOf(Answer.Declined.class);
        state = State.ONLINE;
        known = "02:00:5e:ff:ff:ff";
        assertThat(restarted()).isEqualTo(new Answer.Declined("attic/gateway does not know it"));
        away = true;
        assertThat(restarted()).isInstanceOf(Answer.Undelivered.class);

        assertThat(sent).isEmpty();
    }

    /** By the standard that is shipped. */
    @Test
    void aPersonMayAskForItByNameAndNoRecoveryDoes() throws Exception {
        Contracts standard = FakeContracts.atticByTheStandard();
        AssetId broker = AssetId.parse("attic/broker");
        Intent asked =
                intent("{\"scope\":\"attic/broker\",\"mode\":\"remedy\",\"control\":\"device-answers\"}", standard);
        Intent resume = intent("{\"scope\":\"attic\",\"mode\":\"resume\",\"window\":\"w\"}", standard);

        Step remedy = Planner.plan(asked, standard, Seen.nothing()).steps().stream()
                .filter(step -> step.asset().filter(broker::equals).isPresent())
                .findFirst()
                .orElseThrow();
        TargetHands hands = new TargetHands(NoInterfaces.tools(standard, new FakeShell(), time));

        assertThat(remedy.verb()).isEqualTo(Verb.REMEDY);
        assertThat(hands.ladder(remedy)).hasSize(1);
        assertThat(time.until(hands.act(remedy, hands.ladder(remedy).get(0), LIMIT)))
                .isEqualTo(new Answer.Declined("its site declares no controller"));
        assertThat(Planner.plan(resume, standard, Seen.nothing()).steps())
                .filteredOn(step -> step.verb() == Verb.REMEDY)
                .isNotEmpty()
                .noneMatch(step -> step.asset().filter(broker::equals).isPresent());
    }

    private static Intent intent(String request, Contracts standard) throws JsonProcessingException {
        return ((Request.Accepted) Request.read(new ObjectMapper().readTree(request), standard, "test")).intent();
    }

    private Answer restarted() {
        Device device = (Device) contracts.asset(AssetId.parse("attic/broker")).orElseThrow();
        PowerPaths paths = new PowerPaths(
                PowerPaths.NONE.managements(),
                PowerPaths.NONE.ports(),
                (controller, act) -> {
                    sent.add(act);
                    restarts = comesBack ? time.nanos() : Long.MAX_VALUE;
                    return CompletableFuture.completedFuture(answer);
                },
                (controller, ask) -> stands(),
                PowerPaths.NONE.plugs());
        return time.until(
                new DeviceRestart(NoInterfaces.tools(contracts, new FakeShell(), time), paths).restart(device, LIMIT));
    }

    /** A minute after it was told to, it is back. */
    private CompletionStage<Told> stands() {
        if (away) {
            return CompletableFuture.completedFuture(new Told.Undelivered("away"));
        }
        Duration since = restarts == Long.MAX_VALUE ? up : Duration.ofNanos(time.nanos() - restarts);
        boolean starts = restarts != Long.MAX_VALUE && since.compareTo(Duration.ofSeconds(60)) < 0;
        State now = starts ? State.OFFLINE : state;
        return CompletableFuture.completedFuture(
                new UnifiTold.Uptimes(List.of(new UnifiTold.Uptime(known, now, now.name(), since))));
    }
}
