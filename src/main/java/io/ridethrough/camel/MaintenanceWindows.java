package io.ridethrough.camel;

import io.ridethrough.camel.WindowTimes.Due;
import io.ridethrough.camel.WindowTimes.Span;
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
import io.ridethrough.run.WindowLog;
import io.ridethrough.run.WindowLog.Decided;
import io.ridethrough.run.WindowLog.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scheduled maintenance: whether a window whose time has come may run. One that overlaps a declared backup is refused,
 * one for a site that only watches does nothing, and none fires twice (R9). One whose time passed while nobody was there
 * to begin it is reported and never run late.
 */
public final class MaintenanceWindows {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceWindows.class);
    /** A fire may be this late before its time counts as passed. */
    private static final Duration GRACE = Duration.ofMinutes(1);
    /** So many missed times of one window are told one by one; of more, the last stands for all. */
    private static final int TOLD = 5;

    private final Supplier<Contracts> contracts;
    private final WindowLog log;
    private final Standing standing;
    private final InstantSource clock;
    private final Map<String, Instant> accounted = new TreeMap<>();

    /** @param clock the one that the windows' triggers go by: the machine's */
    public MaintenanceWindows(Supplier<Contracts> contracts, Journal journal, Standing standing, InstantSource clock) {
        this.contracts = contracts;
        this.log = new WindowLog(journal);
        this.standing = standing;
        this.clock = clock;
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

    /** Begins to keep a window; what was missed since it was last kept is reported now. */
    synchronized void keep(Policy.Window window) {
        Instant now = clock.instant();
        log.keptUntil(window).ifPresent(since -> reportMissed(window, since, now));
        log.kept(window, now);
        accounted.put(window.id(), now);
    }

    /** Reports every planned time that has passed since the last look without anything being decided about it. */
    public synchronized void reportMissed() {
        Instant upTo = clock.instant().minus(GRACE);
        for (Policy.Window window : contracts.get().policy().windows()) {
            Instant since = accounted.get(window.id());
            if (since != null && upTo.isAfter(since)) {
                reportMissed(window, since, upTo);
                accounted.put(window.id(), upTo);
            }
        }
    }

    private void reportMissed(Policy.Window window, Instant from, Instant to) {
        List<Due> missed = WindowTimes.due(window, from, to).stream()
                .filter(due -> !log.knows(window.id(), due.at()))
                .toList();
        int untold = missed.size() > TOLD ? missed.size() - 1 : 0;
        String others = untold == 0
                ? ""
                : "; so were " + (missed.size() == WindowTimes.MOST ? "at least " : "") + untold + " before it since "
                        + from;
        for (Due due : missed.subList(untold, missed.size())) {
            String reason = due.missing()
                    .map(written -> "missed: " + written + " did not exist in " + window.zone()
                            + ", where clocks went forward; it is not run at another time")
                    .orElse("missed: it was planned for " + due.at()
                            + ", when the service did not run or could not begin it, and is not run late");
            note(new Decided(window.id(), due.at(), Decision.MISSED, reason + others));
        }
    }

    /**
     * Decides about one fire of a window.
     *
     * @param planned when it should have begun
     */
    public synchronized Optional<Intent> decide(Policy.Window window, Instant planned, Instant now) {
        if (Duration.between(planned, now).compareTo(window.lasts()) > 0) {
            note(new Decided(
                    window.id(),
                    planned,
                    Decision.MISSED,
                    "missed: it was planned for " + planned + " and is not run late"));
            return Optional.empty();
        }
        Optional<String> refusal = refusal(window, planned);
        note(new Decided(
                window.id(),
                planned,
                refusal.isPresent() ? Decision.REFUSED : Decision.BEGUN,
                refusal.orElse("its time has come")));
        return refusal.isPresent() ? Optional.empty() : Optional.of(intent(window, planned));
    }

    private void note(Decided decided) {
        log.decided(decided);
        LOG.atWarn()
                .addKeyValue("reason", decided.reason())
                .log("Window {} {}", decided.window(), decided.decision().name().toLowerCase(Locale.ROOT));
    }

    private Optional<String> refusal(Policy.Window window, Instant planned) {
        if (log.knows(window.id(), planned)) {
            return Optional.of("it has fired for " + planned + " before");
        }
        List<SiteId> watching = window.sites().stream()
                .filter(site -> standing.readiness(site) != Standing.Readiness.ARMED)
                .sorted()
                .toList();
        if (!watching.isEmpty()) {
            return Optional.of("not armed: " + watching);
        }
        return overlap(window, new Span(planned, planned.plus(window.lasts())));
    }

    private Optional<String> overlap(Policy.Window window, Span run) {
        for (SiteId id : window.sites()) {
            Site site = contracts.get().sites().get(id);
            if (site == null) {
                continue;
            }
            LocalDate last = run.to().atZone(site.zone()).toLocalDate();
            for (Site.BackupWindow backup : site.backupWindows()) {
                LocalDate first = run.from()
                        .minus(backup.lasts())
                        .atZone(site.zone())
                        .toLocalDate()
                        .minusDays(1);
                for (Span span : WindowTimes.spans(backup, site.zone(), first, last)) {
                    if (span.overlaps(run)) {
                        return Optional.of(
                                "it overlaps backup \"" + backup.id() + "\" of " + id + " at " + span.from());
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
