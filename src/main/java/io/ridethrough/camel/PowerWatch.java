package io.ridethrough.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Trigger;
import io.ridethrough.power.Course;
import io.ridethrough.power.Decision;
import io.ridethrough.power.Parsed;
import io.ridethrough.power.Reading;
import io.ridethrough.power.SitePower;
import io.ridethrough.run.Runs;
import io.ridethrough.run.Standing;
import io.ridethrough.run.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the power of every site and turns what it calls for into intents, for armed sites only (R37). Every decision is
 * journalled with its reason. Thread-safe.
 */
public final class PowerWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PowerWatch.class);
    private static final String DECISION = "decision";
    /** An outage waited out longer ago than this was surely decided on, by us or by the battery. */
    private static final Duration LATELY = Duration.ofHours(1);

    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** A site whose power called for something that was not begun: which way it was sent before, and until when it waits. */
    private record Denied(Course stays, long until) {}

    private final Journal journal;
    private final Standing standing;
    private final Time time;
    private final Map<SiteId, SitePower> sites = new TreeMap<>();
    private final Map<SiteId, Denied> denials = new TreeMap<>();
    /** The sites that this process has seen on mains. */
    private final Set<SiteId> seenOnMains = new TreeSet<>();

    /** A decision that became no run, since the process ended in between, is made anew. */
    public PowerWatch(Contracts contracts, Journal journal, Standing standing, Time time) {
        this.journal = journal;
        this.standing = standing;
        this.time = time;
        Map<SiteId, Course> sent = new TreeMap<>();
        for (Entry entry : journal.ofKinds(Runs.BEGUN)) {
            JsonNode run = entry.body();
            if (run.path("trigger").asText().equals("power")) {
                boolean down = run.path("phases").path(0).asText().equals(Phase.SHUTDOWN.word());
                sent.put(new SiteId(run.path("scope").asText()), down ? Course.DOWN : Course.UP);
            }
        }
        for (Site site : contracts.sites().values()) {
            SitePower power = new SitePower(site.power(), sent.getOrDefault(site.id(), Course.UP));
            power.expect(shutdown(site.id(), contracts));
            if (power.course() == Course.UP) {
                outageSeen(site.id(), journal).ifPresent(since -> {
                    power.remember(since);
                    standing.enteredInOutage(site.id());
                });
            }
            sites.put(site.id(), power);
        }
    }

    /**
     * Since when, on this process's clock, an outage was waited out that no record tells the end of. A wall clock that
     * says something impossible, or a record of long ago, tells nothing (R9).
     */
    private OptionalLong outageSeen(SiteId site, Journal journal) {
        Optional<Instant> since = Optional.empty();
        for (Entry entry : journal.ofKinds(DECISION)) {
            JsonNode body = entry.body();
            if (!body.path("site").asText().equals(site.value())
                    || body.path("decision").asText().equals(Decision.Alarm.class.getSimpleName())) {
                continue;
            }
            boolean waits = body.path("decision").asText().equals(Decision.Holding.class.getSimpleName());
            since = waits ? since.or(() -> Optional.of(entry.at())) : Optional.empty();
        }
        Optional<Duration> ago = since.map(begun -> Duration.between(begun, time.now()))
                .filter(passed -> !passed.isNegative() && passed.compareTo(LATELY) <= 0);
        return ago.isPresent() ? OptionalLong.of(time.nanos() - ago.get().toNanos()) : OptionalLong.empty();
    }

    /** What a shutdown of the site by power takes by forecast. */
    private static Duration shutdown(SiteId site, Contracts contracts) {
        Intent intent = intent(site, List.of(Phase.SHUTDOWN), new Decision.Nothing("a forecast"));
        return Planner.plan(intent, contracts, Seen.nothing()).forecast().takes();
    }

    /** Takes what one UPS said. */
    synchronized List<Intent> heard(AssetId ups, Parsed said, boolean retained, String source) {
        SitePower site = at(ups.site());
        return decided(ups.site(), site, site.accept(ups, said, retained, source, time.nanos()));
    }

    /** The broker of a UPS cannot be listened to: its dead time begins (R5). */
    synchronized List<Intent> brokerLost(AssetId ups, String why) {
        SitePower site = at(ups.site());
        return decided(ups.site(), site, site.brokerLost(ups, why, time.nanos()));
    }

    /** The broker of a UPS answers again. */
    synchronized List<Intent> brokerBack(AssetId ups) {
        SitePower site = at(ups.site());
        return decided(ups.site(), site, site.brokerBack(ups, time.nanos()));
    }

    /** Judges the passing of time at every site. */
    public synchronized List<Intent> tick() {
        List<Intent> intents = new ArrayList<>();
        sites.forEach((id, site) -> intents.addAll(decided(id, site, judged(id, site))));
        return intents;
    }

    private List<Decision> judged(SiteId id, SitePower site) {
        Denied denied = denials.get(id);
        if (denied == null || time.nanos() < denied.until()) {
            return site.evaluate(time.nanos());
        }
        denials.remove(id);
        return site.reconsider(denied.stays(), time.nanos());
    }

    /**
     * What power called for was not begun, for example since the journal could not be written: the site stays as it was
     * and is judged anew a little later, so that it is not left dark for ever.
     */
    public synchronized void denied(Intent intent) {
        if (intent.trigger() == Trigger.POWER) {
            Course stays = intent.phases().contains(Phase.SHUTDOWN) ? Course.UP : Course.DOWN;
            intent.scope()
                    .sites()
                    .forEach(site -> denials.put(site, new Denied(stays, time.nanos() + AGAIN.toNanos())));
        }
    }

    /** From now on a site that is armed is judged at once: what its power calls for by then goes to {@code begin}. */
    void heedArming(Consumer<Intent> begin) {
        standing.whenArmed(site -> armed(site).forEach(begin));
    }

    private synchronized List<Intent> armed(SiteId id) {
        SitePower site = sites.get(id);
        return site == null ? List.of() : decided(id, site, site.reconsider(site.course(), time.nanos()));
    }

    /** Why nothing planned should move load at a site now: a UPS of it that is not surely on mains and charged (R10). */
    public synchronized Optional<String> unready(SiteId id) {
        SitePower site = sites.get(id);
        return site == null ? Optional.empty() : site.offMains().or(() -> site.uncharged(time.nanos()));
    }

    /** Why nothing planned should start at a site now: a UPS of it that is not surely on mains. */
    synchronized Optional<String> offMains(SiteId id) {
        SitePower site = sites.get(id);
        return site == null ? Optional.empty() : site.offMains();
    }

    /** Why nothing that an earlier process left may start or move load at a site now (R31). */
    public synchronized Optional<String> notSafe(SiteId id) {
        SitePower site = sites.get(id);
        return site == null ? Optional.empty() : site.notSafe(time.nanos());
    }

    /** The newest known of a UPS. */
    public synchronized Reading reading(AssetId ups) {
        return at(ups.site()).reading(ups);
    }

    /** What is known of a site's power, in one line. */
    public synchronized String report(SiteId site) {
        return at(site).report();
    }

    private SitePower at(SiteId id) {
        SitePower site = sites.get(id);
        if (site == null) {
            throw new IllegalArgumentException("no site " + id);
        }
        return site;
    }

    private List<Intent> decided(SiteId id, SitePower site, List<Decision> news) {
        List<Intent> intents = new ArrayList<>();
        if (site.offMains().isEmpty()) {
            seenOnMains.add(id);
        }
        for (Decision decision : news) {
            Course before = decision instanceof Decision.BeginShutdown ? Course.UP : Course.DOWN;
            Optional<Intent> intent = intent(id, decision);
            boolean armed = standing.readiness(id) == Standing.Readiness.ARMED;
            var body = JsonNodeFactory.instance
                    .objectNode()
                    .put("site", id.value())
                    .put("decision", decision.getClass().getSimpleName())
                    .put("reason", decision.reason());
            if (intent.isPresent() && armed) {
                body.put("course", site.course().name());
            }
            boolean stored = write(body);
            boolean unwritten = !stored || standing.observeOnly().isPresent();
            if (decision instanceof Decision.BeginShutdown && unwritten && !seenOnMains.contains(id)) {
                standing.enteredInOutage(id);
            }
            LOG.atInfo()
                    .addKeyValue("site", id)
                    .addKeyValue("reason", decision.reason())
                    .log("Power: {}{}", decision.getClass().getSimpleName(), suffix(intent.isPresent(), armed));
            if (armed) {
                intent.ifPresent(intents::add);
            } else if (intent.isPresent()) {
                site.withhold(before);
            }
        }
        return intents;
    }

    /** A decision that cannot be written is acted on all the same (R34); false then. */
    private boolean write(JsonNode body) {
        try {
            journal.append(Optional.empty(), DECISION, body);
            return true;
        } catch (JournalException e) {
            LOG.atError().setCause(e).log("A decision about power could not be stored; it holds all the same");
            return false;
        }
    }

    private static String suffix(boolean acts, boolean armed) {
        return acts && !armed ? " (the site only watches: nothing is done)" : "";
    }

    private static Optional<Intent> intent(SiteId site, Decision decision) {
        if (decision instanceof Decision.BeginShutdown) {
            return Optional.of(intent(site, List.of(Phase.SHUTDOWN), decision));
        }
        if (decision instanceof Decision.BeginStartup) {
            return Optional.of(intent(site, List.of(Phase.STARTUP, Phase.RECOVERY, Phase.VERIFY), decision));
        }
        return Optional.empty();
    }

    private static Intent intent(SiteId site, List<Phase> phases, Decision decision) {
        return new Intent(
                Scope.of(site),
                phases,
                Trigger.POWER,
                Set.of(site),
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                "power",
                decision.reason());
    }
}
