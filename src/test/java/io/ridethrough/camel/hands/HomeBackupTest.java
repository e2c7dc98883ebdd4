package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Busy;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import io.ridethrough.target.FakeKnock;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What proves a backup of a Home Assistant, and what does not. */
class HomeBackupTest {
    private static final Rung RUNG = new Rung(Rung.Force.GRACEFUL, Duration.ofMinutes(5));
    private static final Step STEP = new Step(
            new StepId("shutdown:attic/web:back-up"),
            Phase.SHUTDOWN,
            Verb.BACK_UP,
            Optional.of(AssetId.parse("attic/web")),
            new TreeSet<>(),
            Duration.ZERO,
            Optional.empty());

    private final Contracts contracts = FakeContracts.atticWithHome();
    private final VirtualTime time = new VirtualTime();
    private final Instant since = time.now();
    private final FakeShell shell = new FakeShell();
    private final FakeKnock knock = new FakeKnock();
    private Told home = new Told.Undelivered("refused");
    private final TargetHands hands = new TargetHands(NoInterfaces.tools(
            contracts, shell, knock, (target, ask) -> CompletableFuture.completedFuture(home), time));

    @Test
    void oneThatIsNewerThanTheIntentionProvesIt() {
        home = backups("idle", since, made(since.plusSeconds(1)), made(since.minusSeconds(9000)));

        assertThat(look()).isInstanceOf(Sight.Desired.class);
        assertThat(trace()).isInstanceOf(Trace.Arrived.class);
    }

    @Test
    void anOlderOneNeverDoes() {
        home = backups("idle", since.minusSeconds(9000), made(since.minusSeconds(9000)));

        assertThat(look()).isInstanceOf(Sight.Other.class);
        assertThat(time.until(hands.look(STEP))).isInstanceOf(Sight.Other.class);
    }

    @Test
    void oneThatIsStillBeingMadeDoesNotYet() {
        home = backups("create_backup", since, made(since.plusSeconds(1)));

        assertThat(look())
                .isEqualTo(new Sight.Other(
                        "its newest backup is one of " + since.plusSeconds(1) + ", which is not over: create_backup"));
        assertThat(trace()).isInstanceOf(Trace.Arrived.class);
        assertThat(time.until(hands.busy(STEP))).isEqualTo(new Busy.Taken("it is at create_backup already"));
    }

    @Test
    void oneThatFailedAnywhereDoesNotAndIsNoReasonForAnother() {
        home = backups(
                "idle", since, new HomeTold.Backup("one", since.plusSeconds(1), List.of("hassio.nas", "cloud.cloud")));

        assertThat(look().evidence()).endsWith("which failed at hassio.nas, cloud.cloud");
        assertThat(trace()).isInstanceOf(Trace.Failed.class);
    }

    @Test
    void aRequestThatNeverArrivedIsKnownByWhatItWritesDownAndNotTooSoon() {
        home = backups("idle", since.minusSeconds(9000), made(since.minusSeconds(9000)));

        assertThat(trace()).isInstanceOf(Trace.Untold.class);
        time.pass(Duration.ofSeconds(40));
        assertThat(trace()).isInstanceOf(Trace.NeverArrived.class);

        home = new HomeTold.Backups("idle", Optional.empty(), List.of());
        assertThat(trace()).isInstanceOf(Trace.Untold.class);
        home = new Told.Undelivered("refused");
        assertThat(trace()).isInstanceOf(Trace.Unread.class);
    }

    @Test
    void oneWhoseGuestIsStoppedHasNothingToBackUpAndSilenceIsNoProofOfThat() {
        shell.prints("qm status 102", "status: running\n");
        assertThat(look()).isInstanceOf(Sight.Unseen.class);

        shell.prints("qm status 102", "status: stopped\n");
        assertThat(look()).isInstanceOf(Sight.Desired.class);
    }

    @Test
    void itsStepHasTheTimeOfItsContract() {
        assertThat(hands.ladder(STEP)).containsExactly(RUNG);
    }

    private Sight look() {
        return time.until(hands.look(STEP, since));
    }

    private Trace trace() {
        return time.until(hands.trace(STEP, RUNG, since));
    }

    private static HomeTold.Backup made(Instant at) {
        return new HomeTold.Backup("one", at, List.of());
    }

    private static HomeTold.Backups backups(String state, Instant attempted, HomeTold.Backup... all) {
        return new HomeTold.Backups(state, Optional.of(attempted), List.of(all));
    }
}
