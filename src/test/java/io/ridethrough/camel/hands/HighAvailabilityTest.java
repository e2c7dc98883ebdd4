package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.ssh.CommandResult.Exited;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clusters by the command line, by protocols 1.2 to 1.4 and R22, R23, R40. */
class HighAvailabilityTest {
    private static final String STATUS = "pvesh get /cluster/status";
    private static final String RESOURCES = "pvesh get /cluster/ha/resources";
    private static final String CURRENT = "pvesh get /cluster/ha/status/current";
    private static final String QUORATE = "[{\"type\":\"cluster\",\"quorate\":1}]";
    private static final String TORN = "[{\"type\":\"cluster\",\"quorate\":0}]";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Contracts contracts = FakeContracts.atticClustered();
    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final TargetHands hands = new TargetHands(NoInterfaces.tools(contracts, shell, time));

    @BeforeEach
    void itLooksAfterOneGuest() {
        shell.prints(STATUS, QUORATE)
                .prints(RESOURCES, "[{\"sid\":\"vm:102\",\"state\":\"started\"}]")
                .prints(CURRENT, armed("armed"));
    }

    @Test
    void itLetsGoOnlyWhenItSaysThatItIsDisarmed() {
        assertThat(look(Verb.HA_OFF)).isInstanceOf(Sight.Other.class);
        shell.prints(CURRENT, armed("disarming"));
        assertThat(look(Verb.HA_OFF)).isInstanceOf(Sight.Other.class);
        shell.prints(CURRENT, armed("disarmed"));
        assertThat(look(Verb.HA_OFF))
                .isEqualTo(new Sight.Desired("high availability looks after vm:102 started, disarmed"));
    }

    @Test
    void whereNothingIsLookedAfterNothingIsDisarmed() {
        shell.prints(RESOURCES, "[]");

        assertThat(look(Verb.HA_OFF)).isInstanceOf(Sight.Desired.class);
        assertThat(look(Verb.HA_ON)).isInstanceOf(Sight.Desired.class);
    }

    @Test
    void whatCannotBeReadIsNeverDisarmedAndTheOtherNodeIsAskedToo() {
        shell.fails(RESOURCES, 255, "ipcc_send_rec[1] failed");
        assertThat(look(Verb.HA_OFF)).isInstanceOf(Sight.Unseen.class);
        assertThat(shell.sent()).anyMatch(sent -> sent.startsWith("sudo -n pvesh get /cluster"));
    }

    @Test
    void itIsToldInTheModeThatLeavesGuestsToUs() {
        shell.prints("pvesh create", "");

        assertThat(act(Verb.HA_OFF)).isInstanceOf(Answer.Accepted.class);
        assertThat(act(Verb.HA_ON)).isInstanceOf(Answer.Accepted.class);
        assertThat(shell.sent())
                .contains(
                        "pvesh create /cluster/ha/status/disarm-ha --resource-mode ignore",
                        "pvesh create /cluster/ha/status/arm-ha");
    }

    /** A resource that a person had set to be ignored for good keeps nothing from being as it was. */
    @Test
    void whatIsIgnoredForGoodIsNoReasonToArmAgain() {
        shell.prints(RESOURCES, "[{\"sid\":\"vm:102\",\"state\":\"ignored\"}]");

        assertThat(look(Verb.HA_ON)).isInstanceOf(Sight.Desired.class);
        assertThat(look(Verb.HA_OFF)).as("its watchdogs are held all the same").isInstanceOf(Sight.Other.class);
    }

    @Test
    void itIsNotTakenUpAgainWithoutQuorum() {
        shell.prints(STATUS, TORN).prints(CURRENT, armed("disarmed")).prints("pvesh create", "");

        assertThat(look(Verb.HA_ON)).isInstanceOf(Sight.Other.class);
        assertThat(act(Verb.HA_ON)).isInstanceOf(Answer.Undelivered.class);
        assertThat(shell.sent()).noneMatch(sent -> sent.contains("create"));
    }

    @Test
    void aGuestIsStartedOnceItsClusterIsQuorateAndNotBefore() {
        AtomicInteger looks = new AtomicInteger();
        shell.on(STATUS, () -> new Exited(0, looks.incrementAndGet() < 4 ? TORN : QUORATE, ""))
                .prints("qm start 102", "");

        assertThat(act(Verb.START, "web")).isInstanceOf(Answer.Accepted.class);
        assertThat(looks).hasValue(4);
        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(16));
    }

    @Test
    void aGuestWhoseClusterStaysTornIsNotStarted() {
        shell.prints(STATUS, TORN);

        assertThat(act(Verb.START, "web")).isEqualTo(new Answer.Undelivered("not sent: its cluster is not quorate"));
        assertThat(shell.sent()).noneMatch(sent -> sent.contains("qm start"));
    }

    @Test
    void aClusterThatTellsNothingDecidesForItself() {
        shell.fails(STATUS, 255, "ipcc_send_rec[1] failed").prints("qm start 102", "");

        assertThat(act(Verb.START, "web")).isInstanceOf(Answer.Accepted.class);
    }

    private static String armed(String word) {
        return "[{\"type\":\"fencing\",\"armed-state\":\"" + word + "\"}]";
    }

    private Sight look(Verb verb) {
        return time.until(hands.look(Steps.of(verb, "pve1")));
    }

    private Answer act(Verb verb) {
        return act(verb, "pve1");
    }

    private Answer act(Verb verb, String asset) {
        CompletionStage<Answer> answer = hands.act(Steps.of(verb, asset), new Rung(Rung.Force.GRACEFUL, LIMIT), LIMIT);
        return time.until(answer);
    }
}
