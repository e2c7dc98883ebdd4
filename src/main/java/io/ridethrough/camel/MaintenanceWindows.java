package io.ridethrough.camel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Trigger;
import io.ridethrough.run.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scheduled maintenance: whether a window whose time has come may run. A missed one is reported and never run late, one
 * that overlaps a declared backup is refused, one for a site that only watches does nothing, and none fires twice (R9).
 */
public final class MaintenanceWindows {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceWindows.class);
    private static final String WINDOW = "window";

    private final Contracts contracts;
    private final Journal journal;
    private final Standing standing;

    public MaintenanceWindows(Contracts contracts, Journal journal, Standing standing) {
        this.contracts = contracts;
        this.journal = journal;
        this.standing = standing;
    }

    Fire of(Policy.Window window) {
        return new Fire(window);
    }

    /** The bean of one window. */
    public final class Fire {
        private final Policy.Window window;

        private Fire(Policy.Window window) {
            this.window = window;
        }

        /** The window's time has come. */
        public List<Intent> fire(@Header("scheduledFireTime") Date planned, @Header("fireTime") Date now) {
            return decide(window, planned.toInstant(), now.toInstant()).stream().toList();
        }
    }

    /**
     * Decides about one fire of a window.
     *
     * @param planned when it should have begun
     */
    public synchronized Optional<Intent> decide(Policy.Window window, Instant planned, Instant now) {
        Optional<String> refusal = refusal(window, planned, now);
        String word = refusal.isPresent() ? "refused" : "begun";
        String reason = refusal.orElse("its time has come");
        journal.append(
                Optional.empty(),
                WINDOW,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("window", window.id())
                        .put("planned", planned.toString())
                        .put("decision", word)
                        .put("reason", reason));
        LOG.atWarn().addKeyValue("reason", reason).log("Window {} {}", window.id(), word);
        return refusal.isPresent() ? Optional.empty() : Optional.of(intent(window, planned));
    }

    private Optional<String> refusal(Policy.Window window, Instant planned, Instant now) {
        if (firedBefore(window, planned)) {
            return Optional.of("it has fired for " + planned + " before");
        }
        if (Duration.between(planned, now).compareTo(window.lasts()) > 0) {
            return Optional.of("missed: it was planned for " + planned + " and is not run late");
        }
        List<SiteId> watching = window.sites().stream()
                .filter(site -> standing.readiness(site) != Standing.Readiness.ARMED)
                .sorted()
                .toList();
        if (!watching.isEmpty()) {
            return Optional.of("not armed: " + watching);
        }
        return overlap(window, planned);
    }

    private boolean firedBefore(Policy.Window window, Instant planned) {
        return journal.ofKinds(WINDOW).stream()
                .anyMatch(entry -> entry.body().path("window").asText().equals(window.id())
                        && entry.body().path("planned").asText().equals(planned.toString()));
    }

    private Optional<String> overlap(Policy.Window window, Instant planned) {
        Instant end = planned.plus(window.lasts());
        for (SiteId id : window.sites()) {
            Site site = contracts.sites().get(id);
            if (site == null) {
                continue;
            }
            LocalDate day = planned.atZone(site.zone()).toLocalDate();
            for (Site.BackupWindow backup : site.backupWindows()) {
                for (LocalDate on : List.of(day.minusDays(1), day, day.plusDays(1))) {
                    Instant from =
                            ZonedDateTime.of(on, backup.at(), site.zone()).toInstant();
                    boolean declared = backup.days().contains(on.getDayOfWeek());
                    if (declared && from.isBefore(end) && planned.isBefore(from.plus(backup.lasts()))) {
                        return Optional.of("it overlaps backup \"" + backup.id() + "\" of " + id + " at " + from);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Intent intent(Policy.Window window, Instant planned) {
        List<Phase> phases = window.phases().stream()
                .map(word -> Phase.valueOf(word.toUpperCase(Locale.ROOT)))
                .toList();
        return new Intent(
                new Scope(window.sites(), Set.of()),
                phases,
                Trigger.SCHEDULE,
                window.powerOff(),
                Optional.of(window.id() + "-" + planned),
                false,
                true,
                Optional.empty(),
                "schedule",
                "window " + window.id() + ": " + window.title());
    }
}
