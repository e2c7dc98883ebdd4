package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Site;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import io.ridethrough.run.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a window whose time has come may run. */
class MaintenanceWindowsTest {
    @TempDir
    Path folder;

    private final Contracts contracts = FakeContracts.attic();
    private final Site site = contracts.sites().values().iterator().next();
    private final Site.BackupWindow backup = site.backupWindows().get(0);
    private final Policy.Window window = new Policy.Window(
            "monthly",
            "checks",
            "0 0 13 ? * SUN",
            site.zone(),
            Duration.ofHours(1),
            Set.of(site.id()),
            List.of("precheck", "verify"),
            Set.of());
    private SqliteJournal journal;
    private Standing standing;

    @BeforeEach
    void openTheJournal() {
        journal = SqliteJournal.open(folder, InstantSource.system());
        standing = new Standing(journal);
    }

    @AfterEach
    void closeTheJournal() {
        journal.close();
    }

    @Test
    void runsAtItsTimeAtAnArmedSiteAndOnlyOnce() {
        arm();
        Instant planned = clearOfBackups();

        Intent intent = decide(planned, planned.plusSeconds(1)).orElseThrow();

        assertThat(intent.trigger()).isEqualTo(Trigger.SCHEDULE);
        assertThat(intent.phases()).containsExactly(Phase.PRECHECK, Phase.VERIFY);
        assertThat(decide(planned, planned.plusSeconds(2))).isEmpty();
        assertThat(reason()).contains("has fired");
    }

    @Test
    void reportsAMissedWindowAndNeverRunsItLate() {
        arm();
        Instant planned = clearOfBackups();

        assertThat(decide(planned, planned.plus(Duration.ofHours(2)))).isEmpty();
        assertThat(reason()).startsWith("missed");
    }

    @Test
    void doesNothingAtASiteThatOnlyWatches() {
        Instant planned = clearOfBackups();

        assertThat(decide(planned, planned)).isEmpty();
        assertThat(reason()).startsWith("not armed");
    }

    @Test
    void refusesAWindowThatReachesIntoADeclaredBackup() {
        arm();
        Instant planned = backupOn(LocalDate.of(2026, 3, 8)).minus(Duration.ofMinutes(30));

        assertThat(decide(planned, planned)).isEmpty();
        assertThat(reason()).contains("overlaps backup \"" + backup.id() + "\"");
    }

    private void arm() {
        standing.ready(site.id(), Standing.Readiness.ARMED, "test");
    }

    private Instant clearOfBackups() {
        return backupOn(LocalDate.of(2026, 6, 7)).plus(backup.lasts()).plus(Duration.ofHours(8));
    }

    private Instant backupOn(LocalDate day) {
        LocalDate on = day;
        while (!backup.days().contains(on.getDayOfWeek())) {
            on = on.plusDays(1);
        }
        return on.atTime(backup.at()).atZone(site.zone()).toInstant();
    }

    private Optional<Intent> decide(Instant planned, Instant now) {
        return new MaintenanceWindows(contracts, journal, standing).decide(window, planned, now);
    }

    private String reason() {
        var decisions = journal.ofKinds("window");
        return decisions.get(decisions.size() - 1).body().path("reason").asText();
    }
}
