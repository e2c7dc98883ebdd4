package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Ups;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.power.Parsed;
import io.ridethrough.run.Plans;
import io.ridethrough.run.Standing;
import io.ridethrough.target.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What power called for and nobody began is called for again. */
class DeniedPowerTest {
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
    void aDeniedStartupIsCalledForAgainALittleLater() {
        PowerWatch watch = deniedStartup(new Standing(journal));

        assertThat(watch.tick()).isEmpty();
        time.pass(Duration.ofSeconds(29));
        assertThat(watch.tick()).isEmpty();
        time.pass(Duration.ofSeconds(1));
        assertThat(watch.tick()).singleElement().satisfies(DeniedPowerTest::isAStartup);
    }

    @Test
    void aStartupThatADamagedJournalDeniedIsCalledForAtOnceWhenAPersonAcceptsIt() {
        var unused = journal.append(
                Optional.empty(),
                SqliteJournal.SET_ASIDE,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("file", "journal.db.damaged")
                        .put("reason", "a byte"));
        Standing standing = new Standing(journal);
        PowerWatch watch = deniedStartup(standing);

        assertThat(watch.tick()).isEmpty();
        assertThat(standing.accept("test", "seen")).isTrue();
        assertThat(watch.tick()).singleElement().satisfies(DeniedPowerTest::isAStartup);
    }

    private PowerWatch deniedStartup(Standing standing) {
        standing.ready(Plans.SITE, Standing.Readiness.ARMED, "test");
        PowerWatch watch = new PowerWatch(DeniedPowerTest::contracts, journal, standing, time);
        says(watch, "OL");
        says(watch, "OB");
        assertThat(later(watch, 61)).hasSize(1);
        says(watch, "OL");
        List<Intent> startup = later(watch, 301);
        assertThat(startup).singleElement().satisfies(DeniedPowerTest::isAStartup);
        watch.denied(startup.get(0));
        return watch;
    }

    private List<Intent> later(PowerWatch watch, long seconds) {
        time.pass(Duration.ofSeconds(seconds));
        return watch.tick();
    }

    private static void isAStartup(Intent intent) {
        assertThat(intent.phases()).startsWith(Phase.STARTUP);
    }

    private static void says(PowerWatch watch, String status) {
        var unused = watch.heard(PowerBench.UPS, Parsed.Update.ofStatus(status), false, "mqtt");
    }

    private static Contracts contracts() {
        Ups.MqttSource source =
                PowerBench.source("tcp://127.0.0.1:1883", Ups.Format.JSON, "ups", Map.of("status", "ups.status"));
        return PowerBench.contracts(
                Duration.ofSeconds(60), new Ups(PowerBench.UPS, "a UPS", source, Duration.ofMinutes(20)));
    }
}
