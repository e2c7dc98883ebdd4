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
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronExpression;

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
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Policy.Window weekly = window("0 0 13 ? * SUN");
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);
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

    @Test
    void reportsWhatFellDueWhileTheServiceWasDownOnceAndRunsNothingLate() {
        serve(weekly, "2026-06-06T10:00:00Z");
        // Given a Sunday at 13:00 in Berlin at which nobody was there
        serve(weekly, "2026-06-07T11:20:00Z");

        assertThat(decisions()).containsExactly("2026-06-07T11:00:00Z MISSED");
        assertThat(reason())
                .isEqualTo("missed: it was planned for 2026-06-07T11:00:00Z, when the service did not run or could not"
                        + " begin it, and is not run late");

        serve(weekly, "2026-06-07T11:25:00Z");
        assertThat(decisions()).hasSize(1);
    }

    @Test
    void reportsNothingForAWindowThatWasDecidedAboutWhileTheServiceWasUp() {
        arm();
        serve(weekly, "2026-06-06T10:00:00Z");
        Instant planned = Instant.parse("2026-06-07T11:00:00Z");
        assertThat(decide(weekly, planned, planned)).isPresent();

        serve(weekly, "2026-06-10T10:00:00Z");

        assertThat(decisions()).containsExactly("2026-06-07T11:00:00Z BEGUN");
    }

    @Test
    void reportsNothingOfTheTimeBeforeAWindowWasDeclaredSo() {
        serve(window("0 0 9 ? * SAT"), "2026-06-01T10:00:00Z");
        serve(weekly, "2026-06-20T10:00:00Z");

        assertThat(decisions()).isEmpty();
    }

    @Test
    void tellsTheLastOfManyForAll() {
        Policy.Window hourly = window("0 0 * * * ?");
        serve(hourly, "2026-06-06T10:30:00Z");
        serve(hourly, "2026-06-07T10:30:00Z");

        assertThat(decisions()).containsExactly("2026-06-07T10:00:00Z MISSED");
        assertThat(reason()).endsWith("; so were 23 before it since 2026-06-06T10:30:00Z");
    }

    @Test
    void reportsATimeThatADayDoesNotHave() {
        Policy.Window daily = window("0 30 2 * * ?");
        MaintenanceWindows windows = serve(daily, "2026-03-28T20:00:00Z");
        assertThat(decide(daily, Instant.parse("2026-03-28T01:30:00Z"), Instant.parse("2026-03-28T01:30:00Z")))
                .isEmpty();

        // Given the night in which 02:00 in Berlin is 03:00
        clock.set(Instant.parse("2026-03-29T01:30:00Z"));
        windows.reportMissed();
        windows.reportMissed();

        assertThat(decisions()).endsWith("2026-03-29T01:00:00Z MISSED").hasSize(2);
        assertThat(reason()).startsWith("missed: 2026-03-29T02:30 did not exist in Europe/Berlin");
    }

    @Test
    void countsATimeThatADayHasTwiceOnce() {
        Policy.Window daily = window("0 30 2 * * ?");
        serve(daily, "2026-10-24T20:00:00Z");
        serve(daily, "2026-10-25T20:00:00Z");

        assertThat(decisions()).containsExactly("2026-10-25T01:30:00Z MISSED");
    }

    @ParameterizedTest
    @CsvSource({
        "0 30 2 * * ?, 2026-03-27T12:00:00Z",
        "0 0 2 ? * SUN, 2026-03-20T12:00:00Z",
        "0 0 3 * * ?, 2026-03-27T12:00:00Z",
        "0 30 2 * * ?, 2026-10-23T12:00:00Z",
        "0 0/20 * * * ?, 2026-10-24T23:10:00Z",
        "0 0/20 * * * ?, 2026-03-29T00:10:00Z",
        "0 0 3 L * ?, 2026-01-15T12:00:00Z"
    })
    void reckonsWithTheVeryTimesAtWhichTheTriggersFire(String cron, Instant from) throws Exception {
        CronExpression fires = new CronExpression(cron);
        fires.setTimeZone(TimeZone.getTimeZone("Europe/Berlin"));
        List<Instant> expected = new ArrayList<>();
        Date at = Date.from(from);
        for (int i = 0; i < 12; i++) {
            at = fires.getNextValidTimeAfter(at);
            expected.add(at.toInstant());
        }

        assertThat(WindowTimes.due(window(cron), from, at.toInstant()).stream()
                        .filter(due -> due.missing().isEmpty())
                        .map(WindowTimes.Due::at))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void takesABackupWhoseTimeIsMissingForOneFromTheChangeOn() {
        arm();
        // Given a backup at 02:30 and the night in which 02:00 is 03:00
        Contracts declared = with(backup(LocalTime.of(2, 30), Duration.ofMinutes(30)));

        assertThat(refused(declared, "2026-03-29T01:00:00Z")).contains("overlaps backup \"nightly\"");
        assertThat(refused(declared, "2026-03-29T01:50:00Z")).contains("overlaps backup \"nightly\"");
        assertThat(refused(declared, "2026-03-29T02:00:00Z")).isEmpty();
    }

    @Test
    void takesABackupWhoseTimeIsThereTwiceForBoth() {
        arm();
        Contracts declared = with(backup(LocalTime.of(2, 30), Duration.ofMinutes(20)));

        assertThat(refused(declared, "2026-10-25T00:40:00Z")).contains("overlaps backup \"nightly\"");
        assertThat(refused(declared, "2026-10-25T01:40:00Z")).contains("overlaps backup \"nightly\"");
        assertThat(refused(declared, "2026-10-25T01:50:00Z")).isEmpty();
    }

    @Test
    void seesABackupOfADayBeforeAndOneInTheMiddleOfALongWindow() {
        arm();
        Contracts long26 = with(backup(LocalTime.of(22, 0), Duration.ofHours(26)));
        assertThat(refused(long26, "2026-06-08T21:30:00Z")).contains("overlaps backup");

        Contracts night = with(new Site.BackupWindow(
                "nightly", "backups", LocalTime.of(2, 0), Duration.ofMinutes(10), Set.of(DayOfWeek.WEDNESDAY)));
        Policy.Window days = new Policy.Window(
                "days",
                "two days",
                "0 0 9 ? * MON",
                BERLIN,
                Duration.ofDays(2),
                Set.of(site.id()),
                List.of("verify"),
                Set.of());
        Instant monday = Instant.parse("2026-06-08T07:00:00Z");
        assertThat(new MaintenanceWindows(() -> night, journal, standing, clock::get).decide(days, monday, monday))
                .isEmpty();
    }

    private MaintenanceWindows serve(Policy.Window declared, String from) {
        clock.set(Instant.parse(from));
        Contracts all = new Contracts(
                contracts.sites(),
                new Policy(List.of(declared), contracts.policy().checks()),
                contracts.assumptions(),
                contracts.digest());
        MaintenanceWindows windows = new MaintenanceWindows(() -> all, journal, standing, clock::get);
        all.policy().windows().forEach(windows::keep);
        return windows;
    }

    private Policy.Window window(String cron) {
        return new Policy.Window(
                "monthly",
                "checks",
                cron,
                BERLIN,
                Duration.ofMinutes(10),
                Set.of(site.id()),
                List.of("precheck", "verify"),
                Set.of());
    }

    private static Site.BackupWindow backup(LocalTime at, Duration lasts) {
        return new Site.BackupWindow("nightly", "backups", at, lasts, Set.of(DayOfWeek.values()));
    }

    private Contracts with(Site.BackupWindow one) {
        Site s = site;
        Site changed = new Site(
                s.id(),
                s.title(),
                BERLIN,
                s.lan(),
                s.domains(),
                s.gateway(),
                s.nameService(),
                s.orchestrator(),
                s.outOfBand(),
                s.recovery(),
                s.powerOff(),
                s.nodes(),
                s.guests(),
                s.excluded(),
                s.stacks(),
                s.nases(),
                s.devices(),
                s.controllers(),
                s.homeAssistant(),
                s.power(),
                s.probes(),
                List.of(one),
                s.posture());
        return new Contracts(
                new TreeMap<>(Map.of(s.id(), changed)),
                contracts.policy(),
                contracts.assumptions(),
                contracts.digest());
    }

    /** Why a window of ten minutes at that moment is refused; empty when it is not. */
    private String refused(Contracts declared, String planned) {
        Instant at = Instant.parse(planned);
        boolean begun = new MaintenanceWindows(() -> declared, journal, standing, clock::get)
                .decide(weekly, at, at)
                .isPresent();
        return begun ? "" : reason();
    }

    private List<String> decisions() {
        return journal.ofKinds("window").stream()
                .map(entry -> entry.body().path("planned").asText() + " "
                        + entry.body().path("decision").asText())
                .toList();
    }

    private Optional<Intent> decide(Policy.Window one, Instant planned, Instant now) {
        return new MaintenanceWindows(() -> contracts, journal, standing, clock::get).decide(one, planned, now);
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
        return decide(window, planned, now);
    }

    private String reason() {
        var decisions = journal.ofKinds("window");
        return decisions.get(decisions.size() - 1).body().path("reason").asText();
    }
}
