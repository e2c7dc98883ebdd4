package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.api.PowerReport.Decided;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Ups;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.power.Decision;
import io.ridethrough.power.Discharge;
import io.ridethrough.power.Parsed;
import io.ridethrough.run.Plans;
import io.ridethrough.run.Standing;
import io.ridethrough.target.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was decided about power, and why, is on record in words that a person understands. */
class PowerLogTest {
    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime();
    private SqliteJournal journal;

    @BeforeEach
    void open() {
        journal = SqliteJournal.open(folder, InstantSource.system());
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void journalsADecisionWithHowItStoodAndTellsTheLastNewestFirst() {
        PowerWatch watch = watch();
        says(watch, "OL");
        says(watch, "OB");
        time.pass(Duration.ofSeconds(14));
        watch.tick();

        assertThat(watch.report(Plans.SITE))
                .startsWith("on battery 14 s of 60 s hold; 1 witness; latest start ")
                .contains(" because attic/ups lasts 1186 s more (by its declared runtime), and a shutdown takes ");
        assertThat(journal.ofKinds("decision").get(0).body().path("standing").asText())
                .startsWith("on battery 0 s of 60 s hold; 1 witness; latest start ")
                .endsWith("attic/ups said OB; attic/node has 0 of 1 supplies it needs");

        time.pass(Duration.ofSeconds(46));
        watch.tick();

        assertThat(watch.lately(Plans.SITE)).extracting(Decided::decision).containsExactly("BeginShutdown", "Holding");
        assertThat(journal.ofKinds("decision")).hasSize(2);
    }

    @Test
    void knowsWhatAnEarlierProcessDecided() {
        PowerWatch before = watch();
        says(before, "OB");
        List<Decided> told = before.lately(Plans.SITE);

        assertThat(watch().lately(Plans.SITE))
                .extracting(Decided::reason)
                .isEqualTo(told.stream().map(Decided::reason).toList())
                .singleElement()
                .asString()
                .startsWith("on battery 0 s of 60 s hold");
    }

    /** R11: the next process takes the battery at what this one measured. */
    @Test
    void knowsWhatAnEarlierProcessMeasuredOfABattery() {
        Discharge half = new Discharge(new AssetId(Plans.SITE, "ups"), Duration.ofMinutes(5), Duration.ofMinutes(10));
        PowerLog before = new PowerLog(journal);
        before.write(Plans.SITE, new Decision.Discharged(half), "", Optional.empty(), Instant.EPOCH);

        assertThat(new PowerLog(journal).discharges(Plans.SITE)).containsExactly(half);
        PowerWatch watch = watch();
        says(watch, "OB");
        assertThat(watch.report(Plans.SITE))
                .contains("lasts 600 s more (by its declared runtime, at the 50 % that it was measured to deliver)");
    }

    @Test
    void keepsTheLastTenOnly() {
        PowerWatch watch = watch();
        for (int i = 0; i < 20; i++) {
            says(watch, "OB");
            says(watch, "OL");
        }

        assertThat(watch.lately(Plans.SITE)).hasSize(10);
    }

    private void says(PowerWatch watch, String status) {
        watch.heard(PowerBench.UPS, Parsed.Update.ofStatus(status), false, "mqtt");
    }

    private PowerWatch watch() {
        Ups.MqttSource source =
                PowerBench.source("tcp://127.0.0.1:1883", Ups.Format.JSON, "ups", Map.of("status", "ups.status"));
        Contracts contracts = PowerBench.contracts(
                Duration.ofSeconds(60), new Ups(PowerBench.UPS, "a UPS", source, Duration.ofMinutes(20)));
        return new PowerWatch(() -> contracts, journal, new Standing(journal), time);
    }
}
