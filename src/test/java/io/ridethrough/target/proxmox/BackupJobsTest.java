package io.ridethrough.target.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupJobsTest {
    private static final String WELL = """
            vzdump: backup-p0
            \tschedule 03:00
            \tenabled 1
            \tmode snapshot
            \tprune-backups keep-last=3
            \tstorage synology-backups
            \tvmid 100

            realm-sync: nightly
            \tanything goes
            vzdump: backup-old
            \tschedule sun 04:00
            \tenabled 0
            """;

    @Test
    void thoseThatAreEnabledAreTold() {
        BackupJobs jobs = BackupJobs.read(WELL);

        assertThat(jobs.ids()).containsExactly("backup-p0");
        assertThat(jobs.invalid()).isEmpty();
    }

    @Test
    void everythingThatTheSchedulerCannotUseIsToldWithItsLine() {
        assertThat(BackupJobs.read("""
                        vzdump: a
                        \tschedule 03:00
                        \tmaxfile 3
                        vzdump: b
                        \tschedule every night
                        \tmode quick
                        \tenabled yes
                        vzdump: c
                        \tvmid 100
                        \tvmid 101
                        cron: d
                        \tschedule 03:00
                        """).invalid())
                .containsExactly(
                        "line 3: a: there is no field maxfile",
                        "line 5: b: \"every night\" is no schedule",
                        "line 6: b: there is no mode quick",
                        "line 7: b: enabled is 0 or 1",
                        "line 10: c: vmid is there twice",
                        "c: nothing says when it runs",
                        "line 11: \"cron: d\" begins no job");
    }

    @ParameterizedTest
    @ValueSource(strings = {"03:00", "sun 04:00", "mon..fri 2,14:30", "*/6:00", "daily", "sat *-1..7 15:00", "*:0/15"})
    void theSchedulersOwnTimesAreTimes(String schedule) {
        assertThat(BackupJobs.read("vzdump: a\n\tschedule " + schedule + "\n").invalid())
                .isEmpty();
    }

    @Test
    void ofRunsTheOneThatEndedLastCounts() throws Exception {
        var tasks = new ObjectMapper().readTree("""
                [{"type":"vzdump","id":"","starttime":90,"endtime":100,"status":"OK"},
                 {"type":"vzdump","id":"100","starttime":190,"endtime":200,"status":"job errors"},
                 {"type":"qmstart","id":"100","starttime":290,"endtime":300,"status":"OK"},
                 {"type":"vzdump","id":"","starttime":400}]""");

        assertThat(BackupRun.last(tasks)).contains(new BackupRun(Instant.ofEpochSecond(200), "job errors"));
        assertThat(BackupRun.last(new ObjectMapper().createArrayNode())).isEmpty();
    }
}
