package io.ridethrough.camel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Trigger;
import io.ridethrough.power.Course;
import io.ridethrough.power.Decision;
import io.ridethrough.power.Parsed;
import io.ridethrough.power.SitePower;
import io.ridethrough.run.Standing;
import io.ridethrough.run.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the power of every site and turns what it calls for into intents, for armed sites only (R37). Every decision is
 * journalled with its reason. Thread-safe.
 */
public final class PowerWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PowerWatch.class);
    private static final String DECISION = "decision";

    private final Journal journal;
    private final Standing standing;
    private final Time time;
    private final Map<SiteId, SitePower> sites = new TreeMap<>();

    public PowerWatch(Contracts contracts, Journal journal, Standing standing, Time time) {
        this.journal = journal;
        this.standing = standing;
        this.time = time;
        Map<SiteId, Course> sent = new TreeMap<>();
        for (Entry entry : journal.ofKinds(DECISION)) {
            if (entry.body().hasNonNull("course")) {
                sent.put(
                        new SiteId(entry.body().path("site").asText()),
                        Course.valueOf(entry.body().path("course").asText()));
            }
        }
        for (Site site : contracts.sites().values()) {
            sites.put(site.id(), new SitePower(site.power(), sent.getOrDefault(site.id(), Course.UP)));
        }
    }

    /** Takes what one UPS said. */
    synchronized List<Intent> heard(AssetId ups, Parsed said, boolean retained, String source) {
        SitePower site = at(ups.site());
        return decided(ups.site(), site, site.accept(ups, said, retained, source, time.nanos()));
    }

    /** The broker of a UPS is out of reach: its dead time begins (R5). */
    synchronized List<Intent> brokerLost(AssetId ups) {
        SitePower site = at(ups.site());
        return decided(ups.site(), site, site.brokerLost(ups, time.nanos()));
    }

    /** The broker of a UPS answers again. */
    synchronized List<Intent> brokerBack(AssetId ups) {
        SitePower site = at(ups.site());
        return decided(ups.site(), site, site.brokerBack(ups, time.nanos()));
    }

    /** Judges the passing of time at every site. */
    public synchronized List<Intent> tick() {
        List<Intent> intents = new ArrayList<>();
        sites.forEach((id, site) -> intents.addAll(decided(id, site, site.evaluate(time.nanos()))));
        return intents;
    }

    /** A site was armed: what its power calls for now is acted on. */
    public synchronized List<Intent> armed(SiteId id) {
        SitePower site = at(id);
        return decided(id, site, site.reconsider(site.course(), time.nanos()));
    }

    /** What is known of a site's power, in one line. */
    public synchronized String report(SiteId site) {
        return at(site).standing().reason();
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
        for (Decision decision : news) {
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
            journal.append(Optional.empty(), DECISION, body);
            LOG.atInfo()
                    .addKeyValue("site", id)
                    .addKeyValue("reason", decision.reason())
                    .log("Power: {}{}", decision.getClass().getSimpleName(), suffix(intent.isPresent(), armed));
            if (armed) {
                intent.ifPresent(intents::add);
            } else if (intent.isPresent()) {
                site.reconsider(decision instanceof Decision.BeginShutdown ? Course.UP : Course.DOWN, time.nanos());
            }
        }
        return intents;
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
