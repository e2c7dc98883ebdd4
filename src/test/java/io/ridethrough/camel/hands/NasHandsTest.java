package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Busy;
import io.ridethrough.run.Sight;
import io.ridethrough.target.FakeKnock;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.nas.NasTold.BackupTask;
import io.ridethrough.target.nas.NasTold.Kind;
import io.ridethrough.target.nas.NasTold.Part;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.wake.Waker;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a NAS counts as ready, and what keeps it from being powered off: with its DSM, and by SSH alone. */
class NasHandsTest {
    private static final AssetId NAS = AssetId.parse("attic/nas");
    private static final Sight ON = new Sight.Desired("on");
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Step OFF = new Step(
            new StepId("shutdown:attic/nas"),
            Phase.SHUTDOWN,
            Verb.POWER_OFF,
            Optional.of(NAS),
            new TreeSet<>(),
            Duration.ZERO,
            Optional.empty());

    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final FakeKnock knock = new FakeKnock();
    private final List<NasAsk> asked = new ArrayList<>();
    private final Map<Class<?>, Told> answers = new HashMap<>();
    /** One answer each, before the one for all. */
    private final Deque<Told> suspends = new ArrayDeque<>();

    @Test
    void oneWhoseVolumeIsDeadIsNotReady() {
        volume("crashed");
        exports("/volume1/backups", "/volume1/media");

        assertThat(ready(true)).isEqualTo(new Sight.Other("on, but volume volume_1 is crashed"));
    }

    @Test
    void oneThatTellsNoStatusOfAVolumeIsNotReady() {
        volume("");
        exports("/volume1/backups", "/volume1/media");

        assertThat(ready(true)).isInstanceOf(Sight.Other.class);
    }

    @Test
    void oneWhoseVolumeIsDegradedServesAndIsNamed() {
        volume("degrade");
        exports("/volume1/backups", "/volume1/media");

        assertThat(ready(true)).isInstanceOfSatisfying(Sight.Desired.class, sight -> assertThat(sight.evidence())
                .contains("it serves, but volume volume_1 is degrade"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatDoesNotServeWhatIsDeclaredIsNotReadyWithoutADsmEither(boolean dsm) {
        volume("normal");
        exports("/volume1/backups");
        assertThat(ready(dsm)).isEqualTo(new Sight.Other("on, but does not serve /volume1/media"));

        answers.put(NasAsk.Exports.class, new Told.Declined("exit 1"));
        assertThat(ready(dsm)).isInstanceOf(Sight.Other.class);

        answers.put(NasAsk.Exports.class, new NasTold.ServesUntold("it has no showmount"));
        assertThat(ready(dsm)).isInstanceOfSatisfying(Sight.Desired.class, sight -> assertThat(sight.evidence())
                .contains("what it serves is not told: it has no showmount"));

        exports("/volume1/backups", "/volume1/media");
        assertThat(ready(dsm)).isInstanceOf(Sight.Desired.class);
        assertThat(asked.contains(new NasAsk.Storage())).isEqualTo(dsm);
    }

    @Test
    void aBackupThatRunsOnItIsWaitedForOrSuspendedOnce() {
        backup("backup");

        assertThat(time.until(hands(true).busy(OFF))).isEqualTo(new Busy.Taken("its backup offsite runs"));
        assertThat(time.until(hands(true).interrupt(OFF, LIMIT))).isInstanceOf(Answer.Accepted.class);
        assertThat(asked.stream().filter(NasAsk.SuspendBackup.class::isInstance))
                .containsExactly(new NasAsk.SuspendBackup(7, LIMIT));
    }

    @Test
    void oneThatIsNotSuspendedIsNotHiddenByTheNext() {
        answers.put(
                NasAsk.Backups.class,
                new NasTold.Backups(List.of(
                        new BackupTask(7, "offsite", "backup", Optional.empty(), "done"),
                        new BackupTask(8, "usb", "backup", Optional.empty(), "done"))));
        suspends.addAll(List.of(new Told.Declined("4401"), new Told.Done("suspended")));

        assertThat(time.until(hands(true).interrupt(OFF, LIMIT))).isInstanceOf(Answer.Declined.class);
    }

    @Test
    void oneThatBacksNothingUpOrCannotSayIsNotWaitedFor() {
        backup("backupable");
        assertThat(time.until(hands(true).busy(OFF))).isInstanceOf(Busy.Free.class);

        answers.put(NasAsk.Backups.class, new Told.Undelivered("refused"));
        assertThat(time.until(hands(true).busy(OFF))).isInstanceOf(Busy.Unseen.class);
        assertThat(time.until(hands(false).busy(OFF))).isInstanceOf(Busy.Unseen.class);
    }

    private void backup(String state) {
        answers.put(
                NasAsk.Backups.class,
                new NasTold.Backups(List.of(new BackupTask(7, "offsite", state, Optional.empty(), "done"))));
        answers.put(NasAsk.SuspendBackup.class, new Told.Done("suspended"));
    }

    private void volume(String status) {
        answers.put(NasAsk.Storage.class, new NasTold.Storage(List.of(new Part(Kind.VOLUME, "volume_1", status))));
    }

    private void exports(String... paths) {
        answers.put(NasAsk.Exports.class, new NasTold.Exports(List.of(paths)));
    }

    private Sight ready(boolean dsm) {
        return time.until(new NasReady(tools(dsm)).ready(NAS, ON));
    }

    private TargetHands hands(boolean dsm) {
        return new TargetHands(tools(dsm));
    }

    private Tools tools(boolean dsm) {
        Contracts contracts = dsm ? FakeContracts.atticWithDsm() : FakeContracts.attic();
        return new Tools(
                () -> contracts,
                shell,
                BySsh.nodes(contracts, shell),
                (target, ask) -> {
                    asked.add(ask);
                    return CompletableFuture.completedFuture(
                            ask instanceof NasAsk.SuspendBackup && !suspends.isEmpty()
                                    ? suspends.remove()
                                    : answers.getOrDefault(ask.getClass(), new Told.Undelivered("refused")));
                },
                (target, ask) -> CompletableFuture.completedFuture(new Told.Undelivered("refused")),
                host -> OptionalLong.empty(),
                knock,
                new Waker(Wiring.direct(), time),
                new Probes(
                        shell,
                        knock,
                        url -> CompletableFuture.failedFuture(new AssertionError(url)),
                        new NameQuery(Wiring.direct(), Runnable::run),
                        time),
                NoInterfaces.HTTPS,
                NoInterfaces.SECRETS,
                NoInterfaces.NUT,
                Runnable::run,
                time);
    }
}
