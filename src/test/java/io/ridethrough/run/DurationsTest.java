package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R41: forecasts learn from earlier runs, by asset and verb, from those by power apart from planned ones. */
class DurationsTest {
    @TempDir
    Path folder;

    private final Step step = Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "web");
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private SqliteJournal journal;
    private int runs;

    @BeforeEach
    void open() {
        journal = SqliteJournal.open(folder, () -> now);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void takesTheWorstThatWasSeenAndNeverLessThanIsDeclaredOfFewSamples() {
        Duration declared = step.expected();

        assertThat(power()).isEqualTo(declared);
        ran("power", 0, Duration.ofMillis(1));
        assertThat(power()).isEqualTo(declared);
        ran("power", 0, declared.plusSeconds(40));
        ran("power", 0, declared.plusSeconds(7));
        assertThat(power()).isEqualTo(declared.plusSeconds(40));
    }

    @Test
    void takesTheNinetyFifthPercentileOfTwentySamples() {
        for (int i = 1; i <= 19; i++) {
            ran("power", 0, Duration.ofMillis(i));
        }
        assertThat(power()).isEqualTo(step.expected());

        ran("power", 0, Duration.ofHours(1));
        assertThat(power()).isEqualTo(Duration.ofMillis(19));
    }

    @Test
    void keepsPlannedRunsApart() {
        ran("hand", 0, Duration.ofHours(1));

        assertThat(power()).isEqualTo(step.expected());
        assertThat(new Durations(journal).of(Trigger.SCHEDULE).expected(step)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void countsFromTheCommandAndNotFromTheWaitForOthersOfItsNode() {
        ran("power", 300, Duration.ofSeconds(100));

        assertThat(power()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void leavesOutWhatNoProcessSawFromItsCommandToItsEnd() {
        begin("power");
        journal.append(run(), Notes.INTENTION, Notes.of(step));
        journal.append(run(), Notes.RUN_RESUMED, Notes.object());
        settle(Duration.ofHours(9));

        assertThat(power()).isEqualTo(step.expected());
    }

    @Test
    void isReadAgainByTheNextProcessAndBroughtIntoTheForecast() {
        ran("power", 0, Duration.ofHours(1));
        journal.close();
        journal = SqliteJournal.open(folder, () -> now);
        Contracts contracts = FakeContracts.attic();
        Intent intent = new Intent(
                Scope.of(Plans.SITE),
                List.of(Phase.SHUTDOWN),
                Trigger.POWER,
                Set.of(Plans.SITE),
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                "power",
                "a test");

        Plan declared = Planner.plan(intent, contracts, Seen.nothing());
        Plan learned = new Experienced(Planner::plan, new Durations(journal)).plan(intent, contracts, Seen.nothing());

        assertThat(learned.steps()).isEqualTo(declared.steps());
        assertThat(learned.forecast().takes())
                .isGreaterThanOrEqualTo(Duration.ofHours(1))
                .isGreaterThan(declared.forecast().takes());
    }

    private Duration power() {
        return new Durations(journal).of(Trigger.POWER).expected(step);
    }

    /** A run that waited that long before its command, which then took so long. */
    private void ran(String trigger, int waited, Duration took) {
        begin(trigger);
        now = now.plusSeconds(waited);
        journal.append(run(), Notes.INTENTION, Notes.of(step));
        now = now.plus(took);
        settle(took.plusSeconds(waited));
    }

    private void begin(String trigger) {
        runs++;
        journal.append(run(), Notes.RUN_BEGUN, Notes.object().put("trigger", trigger));
    }

    private void settle(Duration took) {
        journal.append(
                run(),
                Notes.SETTLED,
                Notes.settled(new Settled("r" + runs, step, new Outcome.Done("ok", false), now, took)));
    }

    private Optional<String> run() {
        return Optional.of("r" + runs);
    }
}
