package io.ridethrough.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.api.PowerReport.Decided;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.power.Course;
import io.ridethrough.power.Decision;
import io.ridethrough.power.Discharge;
import io.ridethrough.run.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every decision about power, journalled as it is made, and the last of them for people. Not thread-safe. */
final class PowerLog {
    private static final Logger LOG = LoggerFactory.getLogger(PowerLog.class);
    private static final String DECISION = "decision";
    private static final int KEPT = 10;
    /** An outage waited out longer ago than this was surely decided on, by us or by the battery. */
    private static final Duration LATELY = Duration.ofHours(1);

    private final Journal journal;
    private final Map<SiteId, Deque<Decided>> lately = new TreeMap<>();
    private final Map<SiteId, Instant> waiting = new TreeMap<>();
    private final Map<SiteId, List<Discharge>> discharges = new TreeMap<>();

    /** Folds what earlier processes decided; what this one decides is folded as it is written. */
    PowerLog(Journal journal) {
        this.journal = journal;
        for (Entry entry : journal.ofKinds(DECISION)) {
            fold(entry.body(), entry.at());
        }
    }

    private void fold(JsonNode body, Instant at) {
        SiteId site = new SiteId(body.path("site").asText());
        String decision = body.path("decision").asText();
        keep(site, new Decided(at, decision, told(body)));
        if (decision.equals(Decision.Holding.class.getSimpleName())) {
            waiting.putIfAbsent(site, at);
        } else if (decision.equals(Decision.Discharged.class.getSimpleName())) {
            discharges.computeIfAbsent(site, first -> new ArrayList<>()).add(discharge(body));
        } else if (!decision.equals(Decision.Alarm.class.getSimpleName())) {
            waiting.remove(site);
        }
    }

    /** What was measured of the batteries of a site, oldest first. */
    List<Discharge> discharges(SiteId site) {
        return List.copyOf(discharges.getOrDefault(site, List.of()));
    }

    private static Discharge discharge(JsonNode body) {
        return new Discharge(
                AssetId.parse(body.path("ups").asText()),
                Duration.parse(body.path("lasted").asText()),
                Duration.parse(body.path("fell").asText()));
    }

    /**
     * Since when, on this process's clock, an outage was waited out that no record tells the end of. A wall clock that
     * says something impossible, or a record of long ago, tells nothing (R9).
     */
    OptionalLong outageSeen(SiteId site, Time time) {
        Optional<Duration> ago = Optional.ofNullable(waiting.get(site))
                .map(begun -> Duration.between(begun, time.now()))
                .filter(passed -> !passed.isNegative() && passed.compareTo(LATELY) <= 0);
        return ago.isPresent() ? OptionalLong.of(time.nanos() - ago.get().toNanos()) : OptionalLong.empty();
    }

    /**
     * Writes a decision down. One that cannot be written holds all the same (R34); false then.
     *
     * @param standing how it stands now: what is waited for, and how far that is
     * @param sent which way the site is sent by it, where something is done
     */
    boolean write(SiteId site, Decision decision, String standing, Optional<Course> sent, Instant now) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("site", site.value())
                .put("decision", decision.getClass().getSimpleName())
                .put("reason", decision.reason());
        if (!standing.equals(decision.reason())) {
            body.put("standing", standing);
        }
        sent.ifPresent(course -> body.put("course", course.name()));
        if (decision instanceof Decision.Discharged discharged) {
            Discharge measured = discharged.measured();
            body.put("ups", measured.ups().toString())
                    .put("lasted", measured.lasted().toString())
                    .put("fell", measured.fell().toString());
        }
        fold(body, now);
        try {
            journal.append(Optional.empty(), DECISION, body);
            return true;
        } catch (JournalException e) {
            LOG.atError().setCause(e).log("A decision about power could not be stored; it holds all the same");
            return false;
        }
    }

    /** The last ones, newest first. */
    List<Decided> lately(SiteId site) {
        return List.copyOf(lately.getOrDefault(site, new ArrayDeque<>()));
    }

    private void keep(SiteId site, Decided decided) {
        Deque<Decided> kept = lately.computeIfAbsent(site, at -> new ArrayDeque<>());
        kept.addFirst(decided);
        if (kept.size() > KEPT) {
            kept.removeLast();
        }
    }

    private static String told(JsonNode body) {
        String reason = body.path("reason").asText();
        String standing = body.path("standing").asText();
        return standing.contains(reason) ? standing : reason;
    }
}
