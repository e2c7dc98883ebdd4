package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.run.Standing.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R37: an inhibit has a reason and an end, warns before it, and arms the site again by itself. */
class InhibitsTest {
    private static final SiteId SITE = Plans.SITE;

    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime();
    private final List<SiteId> armed = new ArrayList<>();
    private SqliteJournal journal;
    private Standing standing;
    private Inhibits inhibits;

    @BeforeEach
    void begin() {
        journal = SqliteJournal.open(folder, time::now);
        standing = new Standing(journal);
        inhibits = new Inhibits(standing, time);
        standing.ready(SITE, Readiness.ARMED, "a person");
        standing.whenArmed(armed::add);
    }

    @AfterEach
    void end() {
        journal.close();
    }

    @Test
    void warnsOnceBeforeItsEndAndArmsTheSiteAgain() {
        assertThat(inhibit(Duration.ofHours(2))).isEmpty();
        assertThat(standing.readiness(SITE)).isEqualTo(Readiness.INHIBITED);
        assertThat(standing.armed()).isEmpty();

        assertThat(passes(Duration.ofMinutes(104))).isEmpty();
        assertThat(passes(Duration.ofMinutes(2)))
                .singleElement()
                .asString()
                .contains("armed again at 2026-01-01T02:00:00Z, in 14 min", "inhibited by a person (UPS swap)");
        assertThat(passes(Duration.ofMinutes(1))).isEmpty();
        assertThat(armed).isEmpty();

        assertThat(passes(Duration.ofMinutes(13))).singleElement().asString().contains("is armed again");
        assertThat(standing.readiness(SITE)).isEqualTo(Readiness.ARMED);
        assertThat(armed).containsExactly(SITE);
        assertThat(passes(Duration.ofDays(2))).isEmpty();
    }

    @Test
    void isRefusedForLongerThanADayAndForASiteThatIsNotArmed() {
        assertThat(inhibit(Duration.ofHours(25)).orElse("")).contains("within 24 h");
        assertThat(inhibit(Duration.ZERO)).isPresent();
        standing.ready(SITE, Readiness.WATCHING, "a person");
        assertThat(inhibit(Duration.ofHours(1)).orElse("")).contains("not armed");
        assertThat(standing.readiness(SITE)).isEqualTo(Readiness.WATCHING);
    }

    @Test
    void outlivesTheProcessAndEndsThoughNobodyWasThere() {
        inhibit(Duration.ofHours(1));
        Standing next = new Standing(journal);
        assertThat(next.readiness(SITE)).isEqualTo(Readiness.INHIBITED);
        assertThat(next.inhibits().get(SITE)).isEqualTo(standing.inhibits().get(SITE));

        pass(Duration.ofHours(3));
        new Inhibits(next, time).tick();

        assertThat(next.readiness(SITE)).isEqualTo(Readiness.ARMED);
    }

    @Test
    void endsWithArmingAndWithDisarming() {
        inhibit(Duration.ofHours(1));
        standing.ready(SITE, Readiness.ARMED, "a person");
        assertThat(standing.inhibits()).isEmpty();
        assertThat(armed).containsExactly(SITE);

        inhibit(Duration.ofHours(1));
        standing.ready(SITE, Readiness.WATCHING, "a person");
        assertThat(passes(Duration.ofHours(2))).isEmpty();
        assertThat(standing.readiness(SITE)).isEqualTo(Readiness.WATCHING);
    }

    @Test
    void isNoLongerForAWallClockThatIsSetBack() {
        inhibit(Duration.ofHours(1));
        inhibits.tick();
        time.setWallClock(Duration.ofDays(-300));

        passes(Duration.ofHours(1));

        assertThat(standing.readiness(SITE)).isEqualTo(Readiness.ARMED);
    }

    private Optional<String> inhibit(Duration lasts) {
        return standing.inhibit(SITE, lasts, "a person", "UPS swap");
    }

    private List<String> passes(Duration passing) {
        pass(passing);
        return inhibits.tick().stream().map(Inhibits.Warning::words).toList();
    }

    private void pass(Duration passing) {
        AtomicBoolean over = new AtomicBoolean();
        var unused = time.after(passing).thenRun(() -> over.set(true));
        time.passUntil(over::get);
    }
}
