package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Trace;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** R19: what a node's list of tasks says of a command whose answer was lost (protocols 1.2, 1.3, 1.6). */
class GuestTraceTest {
    private static final String ASK = "pvesh get /nodes/attic-one/tasks --source all --vmid 102 --output-format json";
    private static final Rung GRACEFUL = new Rung(Rung.Force.GRACEFUL, Duration.ofSeconds(60));
    private static final Rung FORCED = new Rung(Rung.Force.FORCED, Duration.ofSeconds(60));

    private final Contracts contracts = FakeContracts.attic();
    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final TargetHands hands = new TargetHands(NoInterfaces.tools(contracts, shell, time));
    private final Instant since = time.now();

    @Test
    void aTaskThatRunsHasArrivedWhoeverBeganItAndWhenever() {
        shell.prints(ASK, list(task("qmshutdown", -900, "")));

        assertThat(trace(GRACEFUL))
                .isInstanceOfSatisfying(Trace.Arrived.class, arrived -> assertThat(arrived.evidence())
                        .contains("UPID:attic-one:", "qmshutdown"));
        assertThat(shell.sent()).containsExactly(ASK);
    }

    @Test
    void aForcedStopThatRunsIsEnoughForAShutdownAndNotTheOtherWayRound() {
        shell.prints(ASK, list(task("qmstop", -5, "")));
        assertThat(trace(GRACEFUL)).isInstanceOf(Trace.Arrived.class);

        shell.prints(ASK, list(task("qmshutdown", -5, "")));
        assertThat(trace(FORCED)).isNotInstanceOf(Trace.Arrived.class);
    }

    @Test
    @Trap(11)
    void warningsAreASuccessAndAnErrorIsTheEndOfIt() {
        shell.prints(ASK, list(task("qmshutdown", 1, "WARNINGS: 2")));
        assertThat(trace(GRACEFUL)).isInstanceOf(Trace.Arrived.class);

        shell.prints(ASK, list(task("qmshutdown", 1, "VM quit/powerdown failed - got timeout")));
        assertThat(trace(GRACEFUL)).isInstanceOf(Trace.Failed.class);
    }

    @Test
    @Trap(20)
    void aWorkerThatDiedWithoutAWordTellsNothing() {
        shell.prints(ASK, list(task("qmshutdown", 1, "unexpected status")));

        assertThat(trace(GRACEFUL)).isInstanceOf(Trace.Untold.class);
    }

    @Test
    void whatEndedBeforeOrIsOfAnotherGuestOrKindIsNotOurs() {
        shell.prints(
                ASK,
                list(
                        task("qmshutdown", -600, "OK"),
                        task("qmstart", 1, "OK"),
                        task("qmshutdown", 1, "OK").replace("\"102\"", "\"103\"")));
        time.until(time.after(Duration.ofSeconds(40)));

        assertThat(trace(GRACEFUL)).isInstanceOf(Trace.NeverArrived.class);
    }

    @Test
    void aListWithoutItIsNoProofWhileItMayBeOnItsWay() {
        shell.prints(ASK, "[]");

        assertThat(trace(GRACEFUL)).isInstanceOf(Trace.Untold.class);
    }

    @Test
    void aListThatCannotBeReadIsNoEmptyList() {
        time.until(time.after(Duration.ofSeconds(40)));
        assertThat(trace(GRACEFUL)).isInstanceOf(Trace.Unread.class);

        shell.fails(ASK, 255, "sudo: a password is required");
        assertThat(trace(GRACEFUL)).isInstanceOf(Trace.Unread.class);

        shell.prints(ASK, "not a list");
        assertThat(trace(GRACEFUL)).isInstanceOf(Trace.Unread.class);

        shell.down(AssetId.parse("attic/pve1"));
        assertThat(trace(GRACEFUL)).isInstanceOf(Trace.Unread.class);
    }

    private Trace trace(Rung rung) {
        return time.until(hands.trace(Steps.of(Verb.SHUT_DOWN, "web"), rung, since));
    }

    private static String list(String... rows) {
        return "[" + String.join(",", rows) + "]";
    }

    /** As the archive lists it: the exit text is under {@code status}, which a running task does not have. */
    private String task(String type, long later, String exit) {
        long started = since.getEpochSecond() + later;
        return "{\"upid\":\"UPID:attic-one:0003A1B2:0123ABCD:65A1B2C3:" + type + ":102:root@pam:\",\"type\":\"" + type
                + "\",\"id\":\"102\",\"starttime\":" + started
                + (exit.isEmpty() ? "" : ",\"endtime\":" + (started + 1) + ",\"status\":\"" + exit + "\"") + "}";
    }
}
