package io.ridethrough.target.off;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.target.FakeKnock;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.off.PowerProof.Shown;
import io.ridethrough.target.off.PowerProof.Verdict;
import io.ridethrough.target.tcp.Knock.Sign;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** By R20: accepted, closed by the peer, and quiet; anything less is not proof. */
class PowerProofTest {
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration ALLOWED = Duration.ofSeconds(90);

    private final VirtualTime time = new VirtualTime();
    private final FakeKnock knock = new FakeKnock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Supplier<CompletionStage<Optional<Shown>>> plug = () -> CompletableFuture.completedFuture(Optional.empty());

    @Test
    void aHostIsOffQuietTimeAfterItsLastPortFellSilentAndNotMuchLater() {
        CompletionStage<Verdict> verdict = watch();
        time.pass(Duration.ofSeconds(3));
        closed.set(true);
        time.pass(Duration.ofSeconds(1));
        knock.port("192.0.2.11", 22, Sign.REFUSED);
        time.pass(Duration.ofSeconds(1));
        knock.port("192.0.2.11", 8006, Sign.UNANSWERED);
        Duration gone = time.elapsed();

        assertThat(time.until(verdict)).isInstanceOfSatisfying(Verdict.Off.class, off -> assertThat(off.evidence())
                .contains("accepted", "closed by the peer", "port 22 refused", "port 8006 unanswered", "10.0 s"));
        assertThat(time.elapsed().minus(gone)).isBetween(QUIET, QUIET.plusMillis(150));
    }

    @Test
    void onePortThatAnswersAgainStartsTheQuietTimeAnew() {
        closed.set(true);
        knock.all(Sign.REFUSED);
        CompletionStage<Verdict> verdict = watch();
        time.pass(Duration.ofSeconds(9));
        knock.port("192.0.2.11", 8006, Sign.ACCEPTED);
        time.pass(Duration.ofSeconds(1));
        knock.port("192.0.2.11", 8006, Sign.REFUSED);

        assertThat(time.until(verdict)).isInstanceOf(Verdict.Off.class);
        assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }

    @Test
    @Trap(18)
    void silenceWithoutTheSessionsEndIsInferredAndLate() {
        knock.all(Sign.UNANSWERED);

        assertThat(time.until(watch()))
                .isInstanceOfSatisfying(Verdict.Inferred.class, inferred -> assertThat(inferred.evidence())
                        .contains("off (inferred)"));
        assertThat(time.elapsed()).isGreaterThanOrEqualTo(ALLOWED);
    }

    @Test
    void troubleOfOurOwnNetworkIsNeverSilence() {
        closed.set(true);
        knock.all(Sign.BLIND);

        assertThat(time.until(watch())).isInstanceOf(Verdict.NotOff.class);
    }

    @Test
    void aHostThatStaysUpIsNotOff() {
        assertThat(time.until(watch())).isInstanceOf(Verdict.NotOff.class);
        assertThat(knock.knocks())
                .as("connects while the session stands, on two ports in 90 s: few, each costs the host a login")
                .isLessThanOrEqualTo(200);
    }

    /** Ports over the network and watts at the plug: two paths. */
    @Test
    void aPlugThatShowsNextToNothingStandsInForTheClosedSession() {
        knock.all(Sign.UNANSWERED);
        plug = () -> CompletableFuture.completedFuture(Optional.of(new Shown(true, false, "its plug is on and 1.2 W")));

        assertThat(time.until(watch())).isInstanceOfSatisfying(Verdict.Off.class, off -> assertThat(off.evidence())
                .contains("its plug is on and 1.2 W")
                .doesNotContain("session"));
        assertThat(time.elapsed())
                .as("while the session stands it is knocked at once a second")
                .isBetween(QUIET, QUIET.plusMillis(1150));
    }

    /** A unit in safe mode has closed its session and refuses: what its plug tells is the other path. */
    @Test
    @Trap(18)
    void aHostThatStillDrawsIsNotOffYetAndInTheEndInferred() {
        closed.set(true);
        knock.all(Sign.UNANSWERED);
        AtomicBoolean draws = new AtomicBoolean(true);
        plug = () -> CompletableFuture.completedFuture(
                Optional.of(new Shown(!draws.get(), false, draws.get() ? "60 W" : "1 W")));
        CompletionStage<Verdict> late = watch();
        time.pass(Duration.ofSeconds(30));
        draws.set(false);

        assertThat(time.until(late)).isInstanceOf(Verdict.Off.class);
        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(32));

        draws.set(true);
        assertThat(time.until(watch()))
                .isInstanceOfSatisfying(Verdict.Inferred.class, inferred -> assertThat(inferred.evidence())
                        .contains("60 W"));
    }

    /** What draws little may be a standby; what says that it is on is. */
    @Test
    void aHostWhoseControllerSaysThatItIsOnIsNotOffHoweverLongItIsSilent() {
        closed.set(true);
        knock.all(Sign.UNANSWERED);
        plug = () -> CompletableFuture.completedFuture(Optional.of(new Shown(false, true, "its controller says On")));

        assertThat(time.until(watch())).isInstanceOfSatisfying(Verdict.NotOff.class, not -> assertThat(not.evidence())
                .contains("its controller says On"));
    }

    @Test
    void whatAControllerSaidThatDiedWithItsHostIsNoWordOfNow() {
        closed.set(true);
        knock.all(Sign.UNANSWERED);
        AtomicBoolean asked = new AtomicBoolean();
        plug = () -> asked.getAndSet(true)
                ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(Optional.of(new Shown(false, true, "its controller says On")));

        assertThat(time.until(watch())).isInstanceOf(Verdict.Off.class);
    }

    @Test
    void aPlugThatDoesNotTellOrNeverAnswersChangesNothing() {
        knock.all(Sign.REFUSED);
        closed.set(true);
        for (CompletableFuture<Optional<Shown>> answer : List.of(
                new CompletableFuture<Optional<Shown>>(),
                CompletableFuture.<Optional<Shown>>failedFuture(new IllegalStateException("x")),
                CompletableFuture.completedFuture(Optional.<Shown>empty()))) {
            plug = () -> answer;
            Duration before = time.elapsed();

            assertThat(time.until(watch())).isInstanceOf(Verdict.Off.class);
            assertThat(time.elapsed().minus(before)).isBetween(QUIET, QUIET.plusMillis(150));
        }
    }

    private CompletionStage<Verdict> watch() {
        return new PowerProof(knock, time)
                .watch(new PowerProof.Subject(
                        "192.0.2.11", List.of(22, 8006), QUIET, ALLOWED, closed::get, List.of(() -> plug.get())));
    }
}
