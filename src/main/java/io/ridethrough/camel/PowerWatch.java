package io.ridethrough.camel;

import io.ridethrough.api.PowerReport;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Experience;
import io.ridethrough.plan.IfPowerFailed;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Trigger;
import io.ridethrough.power.Course;
import io.ridethrough.power.Decision;
import io.ridethrough.power.Parsed;
import io.ridethrough.power.Reading;
import io.ridethrough.power.SitePower;
import io.ridethrough.power.UpsState;
import io.ridethrough.run.Durations;
import io.ridethrough.run.Inhibits;
import io.ridethrough.run.Standing;
import io.ridethrough.run.Time;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the power of every site and turns what it calls for into intents, for armed sites only (R37). Every decision is
 * journalled with its reason. Thread-safe.
 */
public final class PowerWatch implements PowerReport {
    private static final Logger LOG = LoggerFactory.getLogger(PowerWatch.class);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /**
     * A site whose power called for something that was not begun: which way it was sent before, until when it waits, and
     * whether nothing but protection ran.
     */
    private record Denied(Course stays, long until, boolean observed) {}

    private final PowerLog log;
    private final PowerForecasts forecasts;
    private final Supplier<Contracts> contracts;
    private final Journal journal;
    private final Standing standing;
    private final Inhibits inhibits;
    private final Time time;
    private final Map<SiteId, SitePower> sites = new TreeMap<>();
    /** By what each site is followed. */
    private final Map<SiteId, Power> declared = new TreeMap<>();

    private final Map<SiteId, Denied> denials = new TreeMap<>();
    private volatile BiPredicate<SiteId, String> callOff = (site, why) -> false;
    private volatile BiConsumer<SiteId, Optional<Duration>> lasts = (site, left) -> {};
    /** The sites that this process has seen on mains. */
    private final Set<SiteId> seenOnMains = new TreeSet<>();

    /** A decision that became no run, since the process ended in between, is made anew. */
    public PowerWatch(Supplier<Contracts> contracts, Journal journal, Standing standing, Time time) {
        this.contracts = contracts;
        this.journal = journal;
        this.log = new PowerLog(journal);
        this.forecasts = new PowerForecasts(contracts, new Durations(journal));
        this.standing = standing;
        this.inhibits = new Inhibits(standing, time);
        this.time = time;
        follow();
    }

    /**
     * The sites that are declared now are followed from now on. One whose power is declared as before stays as it is, in
     * the middle of an outage too; every other begins anew, with what the journal knows of it.
     */
    public synchronized void follow() {
        Contracts now = contracts.get();
        sites.keySet().retainAll(now.sites().keySet());
        declared.keySet().retainAll(now.sites().keySet());
        denials.keySet().retainAll(now.sites().keySet());
        SentBefore before = SentBefore.of(journal);
        Experience experience = forecasts.experience();
        for (Site site : now.sites().values()) {
            SitePower known = sites.get(site.id());
            SitePower power =
                    known != null && site.power().equals(declared.get(site.id())) ? known : fresh(site, before);
            power.expect(forecasts.takes(site.id(), experience));
            sites.put(site.id(), power);
            declared.put(site.id(), site.power());
        }
    }

    /** The sites whose power those contracts declare otherwise while it is away: they should not be taken now. */
    public synchronized Set<SiteId> inOutageAndOtherwise(Contracts others) {
        Set<SiteId> all = new TreeSet<>();
        sites.forEach((id, power) -> {
            Site site = others.sites().get(id);
            boolean same = site != null && site.power().equals(declared.get(id));
            if (!same && power.isInOutage()) {
                all.add(id);
            }
        });
        return all;
    }

    private SitePower fresh(Site site, SentBefore before) {
        SitePower power = new SitePower(site.power(), before.course(site.id()));
        before.shed(site.id()).ifPresent(power::shedBefore);
        power.leaves(standing::isDownByUs);
        power.learn(log.discharges(site.id()));
        if (power.course() == Course.UP) {
            log.outageSeen(site.id(), time).ifPresent(since -> {
                power.remember(since);
                standing.enteredInOutage(site.id());
            });
        }
        return power;
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

    /**
     * From now on the shutdown of a site is steered by its power.
     *
     * @param back mains is back in its middle, with the reason: calls it off, and tells whether it was (R13)
     * @param left how long the battery lasts while it goes on, where that is known (R12)
     */
    public void steers(BiPredicate<SiteId, String> back, BiConsumer<SiteId, Optional<Duration>> left) {
        callOff = back;
        lasts = left;
    }

    /** Judges the passing of time at every site, and turns round those whose mains is back in mid-shutdown (R13). */
    public List<Intent> tick() {
        List<Intent> intents = judged();
        left().forEach(lasts);
        turning().forEach((site, why) -> {
            if (callOff.test(site, why)) {
                turned(site, why);
            }
        });
        return intents;
    }

    private synchronized Map<SiteId, Optional<Duration>> left() {
        Map<SiteId, Optional<Duration>> left = new TreeMap<>();
        sites.forEach((id, site) -> {
            if (site.course() == Course.DOWN) {
                left.put(id, site.left(time.nanos()));
            }
        });
        return left;
    }

    private synchronized Map<SiteId, String> turning() {
        Map<SiteId, String> turning = new TreeMap<>();
        sites.forEach((id, site) -> site.turnsAround(time.nanos()).ifPresent(why -> turning.put(id, why)));
        return turning;
    }

    private synchronized void turned(SiteId id, String why) {
        at(id).turned(why).ifPresent(decision -> decided(id, at(id), List.of(decision)));
    }

    private synchronized List<Intent> judged() {
        for (Inhibits.Warning warning : inhibits.tick()) {
            SitePower site = sites.get(warning.site());
            if (site != null) {
                decided(warning.site(), site, List.of(new Decision.Alarm(warning.words())));
            }
        }
        List<Intent> intents = new ArrayList<>();
        sites.forEach((id, site) -> intents.addAll(decided(id, site, judged(id, site))));
        return intents;
    }

    private List<Decision> judged(SiteId id, SitePower site) {
        Denied denied = denials.get(id);
        if (denied == null || waits(denied)) {
            return site.evaluate(time.nanos());
        }
        denials.remove(id);
        return site.reconsider(denied.stays(), time.nanos());
    }

    private boolean waits(Denied denied) {
        boolean accepted = denied.observed() && standing.observeOnly().isEmpty();
        return !accepted && time.nanos() < denied.until();
    }

    /**
     * What power called for was not begun, for example since the journal could not be written: the site stays as it was
     * and is judged anew a little later, so that it is not left dark for ever; at once when a person has accepted the
     * journal that nothing but protection ran by.
     */
    public synchronized void denied(Intent intent) {
        if (intent.trigger() == Trigger.POWER) {
            boolean observed = standing.observeOnly().isPresent();
            long until = time.nanos() + AGAIN.toNanos();
            intent.scope().touched().forEach(site -> denials.put(site, new Denied(at(site).before(), until, observed)));
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

    /** Why it is not known how a UPS stands, where that is so. */
    synchronized Optional<String> silent(AssetId ups) {
        UpsState state = at(ups.site()).state(ups);
        if (state instanceof UpsState.Unheard) {
            return Optional.of("nothing was heard of it yet");
        }
        return state instanceof UpsState.CommunicationLost ? Optional.of("it fell silent") : Optional.empty();
    }

    /** The newest known of a UPS. */
    public synchronized Reading reading(AssetId ups) {
        return at(ups.site()).reading(ups);
    }

    @Override
    public synchronized String report(SiteId site) {
        return at(site).report(time.nanos(), clock(site));
    }

    /** It has its effect at the next tick, and is journalled as the decision that it leads to. */
    @Override
    public synchronized Optional<String> said(SiteId id, Word word, String reason) {
        if (standing.readiness(id) != Standing.Readiness.ARMED) {
            return Optional.of(id + " is not armed: nothing is begun by power");
        }
        String who = "a person (" + reason + ")";
        return word == Word.DEFER ? at(id).defer(who, time.nanos()) : at(id).beginNow(who);
    }

    @Override
    public synchronized List<Decided> lately(SiteId site) {
        return log.lately(site);
    }

    @Override
    public synchronized Optional<IfPowerFailed> ifPowerFailed(SiteId site) {
        return forecasts.ifPowerFailed(site, at(site), time.nanos());
    }

    private ZonedDateTime clock(SiteId id) {
        Site site = contracts.get().sites().get(id);
        return time.now().atZone(site == null ? ZoneOffset.UTC : site.zone());
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
        if (site.hearsMains(time.nanos())) {
            seenOnMains.add(id);
        }
        for (Decision decision : news) {
            Optional<Intent> intent = PowerIntents.of(id, decision);
            boolean armed = standing.readiness(id) == Standing.Readiness.ARMED;
            log.write(
                    id,
                    decision,
                    site.report(time.nanos(), clock(id)),
                    intent.filter(some -> armed).map(some -> site.course()),
                    time.now());
            if (decision instanceof Decision.BeginShutdown && !seenOnMains.contains(id)) {
                standing.enteredInOutage(id);
            }
            LOG.atInfo()
                    .addKeyValue("site", id)
                    .addKeyValue("reason", decision.reason())
                    .log("Power: {}{}", decision.getClass().getSimpleName(), suffix(intent.isPresent(), armed));
            if (decision instanceof Decision.Holding) {
                site.expect(forecasts.takes(id, forecasts.experience()));
            }
            if (armed) {
                intent.ifPresent(some -> denials.remove(id));
                intent.ifPresent(intents::add);
            } else if (intent.isPresent()) {
                site.withhold(site.before());
            }
        }
        return intents;
    }

    private static String suffix(boolean acts, boolean armed) {
        return acts && !armed ? " (the site is not armed: nothing is done)" : "";
    }
}
