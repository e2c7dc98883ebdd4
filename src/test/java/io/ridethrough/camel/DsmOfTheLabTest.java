package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ridethrough.api.TargetReport;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Nas;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.LabDsm;
import io.ridethrough.lab.host.LabDsm.Release;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.dsm.DsmWay;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasSshWay;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.nas.NasTold.Setting;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import io.ridethrough.traps.Trap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call to DSM over TLS through the product's own routes, and the traps of protocols 2 and 11 by their names. */
@Timeout(90)
class DsmOfTheLabTest {
    private static final AssetId ID = AssetId.parse("attic/nas");
    private static final String OFF_BY_SSH = "sudo -n /usr/syno/sbin/synopoweroff";
    private static final NasAsk.PowerOff OFF = new NasAsk.PowerOff(Duration.ofSeconds(30));

    private final Contracts contracts = FakeContracts.atticWithDsm();
    private final Nas nas = (Nas) contracts.asset(ID).orElseThrow();
    private LabTargets targets;
    private LabDsm dsm;
    private DsmWay first;
    private RoutedWays<Nas, NasAsk> both;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        targets = new LabTargets(contracts, folder);
        dsm = targets.world.dsm(ID);
        first = new DsmWay(targets.https, targets.secrets());
        both = Targets.nases(targets.context, contracts, first, new NasSshWay(targets.shell));
        targets.start("routes/targets/synology-nas.yaml");
        both.follow(contracts);
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void everyLookIsAnsweredByDsmAloneInOneSessionOnBothReleases(Release release) throws Exception {
        dsm.release(release);

        assertThat(byDsm(new NasAsk.Info())).isInstanceOfSatisfying(NasTold.Info.class, info -> {
            assertThat(info.model()).isEqualTo("DS918+");
            assertThat(info.version()).startsWith(release == Release.DSM_6 ? "DSM 6" : "DSM 7");
            assertThat(info.up()).contains(Duration.ofSeconds(270_669));
        });
        assertThat(byDsm(new NasAsk.Storage())).isInstanceOfSatisfying(NasTold.Storage.class, storage -> {
            assertThat(storage.parts()).hasSize(4);
            assertThat(storage.troubles()).isEmpty();
        });
        assertThat(byDsm(new NasAsk.Backups())).isInstanceOfSatisfying(NasTold.Backups.class, backups -> {
            assertThat(backups.running()).isEmpty();
            LocalDateTime ended = backups.tasks().get(0).last().orElseThrow();
            assertThat(backups.tasks().get(0).age(ended.plusDays(1))).contains(Duration.ofDays(1));
        });
        assertThat(byDsm(new NasAsk.Ups()))
                .isEqualTo(new NasTold.Ups(Setting.ON, "SLAVE", Optional.of(Duration.ofMinutes(5))));
        assertThat(byDsm(new NasAsk.PowerSettings()))
                .isEqualTo(new NasTold.PowerSettings(Setting.ON, Map.of("wol1", Setting.ON, "wol2", Setting.OFF)));
        assertThat(dsm.logins()).isEqualTo(1);
    }

    /** Trap 3: the highest version that is offered has no shutdown. */
    @Test
    @Trap(3)
    void aShutdownIsSentInVersionOneAndTheUnitGoesOff() throws Exception {
        assertThat(byDsm(OFF)).isInstanceOf(Told.Done.class);

        Until.holds(() -> targets.world.power(ID) == LabHost.State.OFF);
    }

    @Test
    void aBackupThatRunsIsSuspendedAndOneThatDoesNotSaysSo() throws Exception {
        NasAsk.SuspendBackup suspend = new NasAsk.SuspendBackup(1, Duration.ofSeconds(30));
        dsm.backup("backup");
        assertThat(((NasTold.Backups) byDsm(new NasAsk.Backups())).running()).hasSize(1);

        assertThat(byDsm(suspend)).isInstanceOf(Told.Done.class);

        assertThat(dsm.backup()).isEqualTo("suspended");
        assertThat(((NasTold.Backups) byDsm(new NasAsk.Backups())).running()).isEmpty();
        assertThat(byDsm(suspend).words()).contains("4401");
    }

    /** Its state may go on saying what it could do. */
    @Test
    void aBackupThatWorksByAnyOfItsFieldsRuns() throws Exception {
        dsm.backup("backupable");
        assertThat(((NasTold.Backups) byDsm(new NasAsk.Backups())).running()).isEmpty();

        for (String doing : List.of("backup", "version_deleting")) {
            dsm.doing(doing);
            assertThat(((NasTold.Backups) byDsm(new NasAsk.Backups())).running())
                    .hasSize(1);
        }
        dsm.doing("none");
    }

    @Test
    void aPoolThatIsWorkedOnIsNotWell() throws Exception {
        dsm.rebuilds(true);
        assertThat(((NasTold.Storage) byDsm(new NasAsk.Storage())).troubles())
                .containsExactly("pool reuse_1 is background_operation");

        dsm.rebuilds(false);
        assertThat(((NasTold.Storage) byDsm(new NasAsk.Storage())).troubles()).isEmpty();
    }

    /** Trap 7: HTTP 200 is no success. */
    @Test
    @Trap(7)
    void anErrorThatComesWith200IsToldInWords() throws Exception {
        fails(How.NO_RIGHTS);

        assertThat(trouble(OFF)).isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                .contains("105", "administrators"));
        assertThat(targets.world.power(ID)).isEqualTo(LabHost.State.UP);
    }

    /** Protocols 2.3: whether it was done, was not, or cannot be known, is in the number. */
    @Test
    @Trap(7)
    void everyNumberOfACallIsToldAsWhatItMeansForAShutdown() throws Exception {
        for (int code : List.of(100, 117)) {
            dsm.answersWith(code);
            assertThat(trouble(OFF)).isInstanceOfSatisfying(Told.Lost.class, told -> assertThat(told.evidence())
                    .contains("DSM says " + code));
        }
        for (int code : List.of(101, 102, 103, 104, 105, 106, 107, 114, 119, 120, 160)) {
            dsm.answersWith(code);
            assertThat(trouble(OFF)).isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                    .contains("DSM says " + code)
                    .doesNotContain("not known here"));
        }
        assertThat(targets.world.power(ID)).isEqualTo(LabHost.State.UP);
    }

    /** A pair that is highly available refuses to be shut down by its halves: no other way is more right. */
    @Test
    void aClusterThatRefusesIsToldAndNotOverruledBySsh() throws Exception {
        dsm.answersWith(1007);

        assertThat(LabTargets.of(both.ask(ID, OFF)))
                .isEqualTo(new Told.Declined("DSM says 1007: not possible on a high-availability cluster"));
        assertThat(targets.shell.sent()).isEmpty();
    }

    @Test
    @Trap(17)
    void everyNumberOfALoginIsToldAndThatLoginIsNotTriedAgain() throws Exception {
        for (int code : List.of(400, 401, 402, 403, 404, 406, 407, 408, 409, 410)) {
            dsm.refusesLoginsWith(code);
            first.forgive(ID);
            int before = dsm.logins();
            assertThat(trouble(new NasAsk.Info()).words())
                    .contains("LOGIN", "DSM says " + code)
                    .doesNotContain("not known here");
            assertThat(trouble(OFF)).isInstanceOf(Told.Undelivered.class);
            assertThat(dsm.logins()).isEqualTo(before + 1);
        }
    }

    @Test
    void eachWayAloneTellsWhetherItMayPowerTheUnitOff() throws Exception {
        NasSshWay second = new NasSshWay(targets.shell);
        assertThat(byDsm(new NasAsk.Rights())).isEqualTo(new Told.Done("logs in as an administrator"));
        targets.shell.prints("sudo -l -n", "/usr/syno/sbin/synopoweroff");
        assertThat(LabTargets.of(second.ask(nas, new NasAsk.Rights()))).isInstanceOf(Told.Done.class);

        fails(How.NO_RIGHTS);
        assertThat(trouble(new NasAsk.Rights()).words()).contains("RIGHT", "105", "administrators");
        assertThat(LabTargets.of(both.ask(ID, new NasAsk.Rights())))
                .as("the second way is asked")
                .isInstanceOf(Told.Done.class);
        targets.shell.fails("sudo -l -n", 1, "sudo: a password is required");
        assertThat(LabTargets.of(second.ask(nas, new NasAsk.Rights())))
                .isInstanceOfSatisfying(
                        Told.Declined.class, no -> assertThat(no.evidence()).contains("synopoweroff"));
    }

    /** Trap 17: DSM blocks the address, SSH too, of who tries in vain. */
    @Test
    @Trap(17)
    void aRefusedLoginIsNotTriedAgainUntilItIsReplacedOrAPersonAsks() throws Exception {
        String good = targets.logins.put("dsm/attic", "ridethrough:wrong");
        for (int i = 0; i < 10; i++) {
            assertThat(trouble(new NasAsk.Info())).isInstanceOf(Told.Undelivered.class);
        }
        assertThat(dsm.logins()).isEqualTo(1);

        first.forgive(ID);
        assertThat(trouble(new NasAsk.Info()).words()).contains("LOGIN", "wrong password");
        assertThat(dsm.logins()).isEqualTo(2);

        targets.logins.put("dsm/attic", String.valueOf(good));
        assertThat(byDsm(new NasAsk.Info())).isInstanceOf(NasTold.Info.class);
    }

    @Test
    @Trap(17)
    void aBlockedAddressIsToldAsWhatItIs() throws Exception {
        targets.logins.put("dsm/attic", "ridethrough:wrong");
        for (int i = 0; i < 5; i++) {
            first.forgive(ID);
            trouble(new NasAsk.Info());
        }
        first.forgive(ID);

        assertThat(trouble(new NasAsk.Info()).words()).contains("407", "blocked");
    }

    @Test
    void aSessionThatIsOverIsOpenedAnewOnceAndTheShutdownIsSentOnce() throws Exception {
        byDsm(new NasAsk.Info());
        dsm.expire();

        assertThat(byDsm(OFF)).isInstanceOf(Told.Done.class);
        assertThat(dsm.logins()).isEqualTo(2);
        assertThat(shutdowns()).containsExactly("refused", "call");
    }

    @Test
    void whoAsksAtTheSameTimeSharesOneLogin() throws Exception {
        List<java.util.concurrent.CompletionStage<Told>> asked = java.util.stream.IntStream.range(0, 6)
                .mapToObj(i -> first.ask(nas, new NasAsk.Info()))
                .toList();
        for (var one : asked) {
            assertThat(LabTargets.of(one)).isInstanceOf(NasTold.Info.class);
        }
        assertThat(dsm.logins()).isEqualTo(1);
    }

    @Test
    void aLogoutEndsTheSession() throws Exception {
        byDsm(new NasAsk.Info());
        LabTargets.of(first.logout(nas));

        byDsm(new NasAsk.Info());
        assertThat(dsm.logins()).isEqualTo(2);
    }

    @Test
    void aVolumeWithoutAStatusOrCrashedIsDeadAndADegradedOneServes() throws Exception {
        dsm.volume("volume_1", "degrade");
        dsm.volume("volume_2", "crashed");
        dsm.volume("volume_3", "");

        assertThat(byDsm(new NasAsk.Storage())).isInstanceOfSatisfying(NasTold.Storage.class, storage -> {
            assertThat(storage.troubles()).hasSize(3);
            assertThat(storage.dead())
                    .containsExactlyInAnyOrder("volume volume_2 is crashed", "volume volume_3 is without a status");
        });
    }

    @Test
    void aBackupThatRunsIsSeen() throws Exception {
        dsm.backup("backup");

        assertThat(byDsm(new NasAsk.Backups()))
                .isInstanceOfSatisfying(NasTold.Backups.class, backups -> assertThat(backups.running())
                        .hasSize(1));
    }

    @Test
    void theUnitGoesOffBySshAloneWhenDsmIsGoneBrokenOrHasNoLogin() throws Exception {
        targets.shell.prints(OFF_BY_SSH, "");
        for (How how : List.of(How.GONE, How.BROKEN, How.NO_RIGHTS)) {
            fails(how);
            assertThat(LabTargets.of(both.ask(ID, OFF)))
                    .as(how.toString())
                    .isInstanceOfSatisfying(
                            Told.Done.class, done -> assertThat(done.evidence()).contains("by SSH; its DSM"));
        }
        assertThat(targets.shell.sent()).hasSize(3);
        assertThat(shutdowns()).doesNotContain("call");
    }

    @Test
    void aMissingRightNeverOpensTheBreakerAndSshAnswers() throws Exception {
        targets.shell.prints(OFF_BY_SSH, "");
        fails(How.NO_RIGHTS);

        for (int i = 0; i < 10; i++) {
            assertThat(LabTargets.of(both.ask(ID, OFF)))
                    .isInstanceOfSatisfying(Told.Done.class, done -> assertThat(done.evidence())
                            .contains("by SSH; its DSM", "DSM says 105"));
        }
        assertThat(targets.breakers.ways())
                .extracting(TargetReport.WayState::state)
                .containsOnly(TargetReport.State.CLOSED);
    }

    /** Point 3's switch in mid-run: DSM takes the shutdown and is gone before it says so. */
    @Test
    void aShutdownThatDsmTookBeforeItWasKilledIsObservedAndNotSentAgain() throws Exception {
        byDsm(new NasAsk.Info());
        fails(How.DROPS);

        assertThat(LabTargets.of(both.ask(ID, OFF))).isInstanceOf(Told.Lost.class);

        assertThat(targets.shell.sent()).isEmpty();
        assertThat(shutdowns()).containsExactly("call");
        Until.holds(() -> targets.world.power(ID) == LabHost.State.OFF);
    }

    @Test
    void aDsmThatHangsIsNotFollowedByASecondShutdown() throws Exception {
        byDsm(new NasAsk.Info());
        fails(How.SILENT);

        assertThat(LabTargets.of(both.ask(ID, OFF))).isInstanceOf(Told.Lost.class);
        assertThat(targets.shell.sent()).isEmpty();
    }

    @Test
    void aDsmThatIsLateIsWaitedFor() throws Exception {
        fails(How.LATE);

        assertThat(LabTargets.of(both.ask(ID, OFF))).isInstanceOf(Told.Done.class);
        assertThat(targets.shell.sent()).isEmpty();
    }

    @Test
    void whatIsNoAnswerIsTroubleOnceAndNeverASuccess() throws Exception {
        byDsm(new NasAsk.Info());
        fails(How.WRONG_ONCE);
        assertThat(trouble(new NasAsk.Storage())).isInstanceOf(Told.Undelivered.class);

        assertThat(byDsm(new NasAsk.Storage())).isInstanceOf(NasTold.Storage.class);
    }

    @Test
    void aDsmThatOnlyPretendsIsToldAsAcceptedAndTheUnitStaysUp() throws Exception {
        fails(How.PRETENDS);

        assertThat(byDsm(OFF)).isInstanceOf(Told.Done.class);
        assertThat(targets.world.power(ID)).isEqualTo(LabHost.State.UP);
    }

    /** The file server is asked itself, over SSH. */
    @Test
    void exportsAreWhatTheFileServerSays() throws Exception {
        targets.shell.prints("showmount -e 127.0.0.1", "Export list for nas:\n/volume1/backups *\n/volume1/media *\n");

        assertThat(LabTargets.of(both.ask(ID, new NasAsk.Exports())))
                .isEqualTo(new NasTold.Exports(List.of("/volume1/backups", "/volume1/media")));
    }

    private void fails(How how) {
        targets.world.fault(ID, new Fault.Interface(how));
    }

    private List<String> shutdowns() {
        return targets.world.events().stream()
                .filter(event -> event.command().equals("dsm"))
                .map(event -> event.what())
                .toList();
    }

    private Told byDsm(NasAsk ask) throws Exception {
        return LabTargets.of(first.ask(nas, ask));
    }

    private Told trouble(NasAsk ask) {
        Told[] told = new Told[1];
        assertThatThrownBy(() -> byDsm(ask))
                .rootCause()
                .isInstanceOfSatisfying(WayTroubleException.class, trouble -> told[0] = trouble.told());
        return told[0];
    }
}
