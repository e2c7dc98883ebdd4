package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Stack;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.journal.Salvage;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.journal.StaleEpochException;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between runs, folded from the journal: which sites are armed (R37), what is held (R36), what was running
 * before the last shutdown (R38), what high availability is to be asked for again (R40). Thread-safe; durable when a change returns.
 */
public final class Standing implements HaRecord {
    /** Whether a site acts on power and schedules. */
    public enum Readiness {
        /** The default: forecasts and reports, acts on nothing. */
        WATCHING,
        ARMED,
        /** Armed, and told to act on nothing until a moment that is known. */
        INHIBITED
    }

    /** Who holds an asset, and why. */
    public record Hold(AssetId asset, String by, String reason, Instant since) {}

    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    private final Journal journal;
    private final Map<SiteId, Readiness> readiness = new TreeMap<>();
    private final Map<SiteId, Inhibit> inhibits = new TreeMap<>();
    private final Map<AssetId, Hold> holds = new TreeMap<>();
    private final Remembered remembered = new Remembered();
    private final LetGo letGo = new LetGo();
    private final Set<SiteId> entered = new TreeSet<>();
    private Optional<String> damaged = Optional.empty();
    private final List<Consumer<SiteId>> arming = new CopyOnWriteArrayList<>();
    private final List<Consumer<Set<SiteId>>> readinesses = new CopyOnWriteArrayList<>();

    /** What counts of a damaged journal: every hold that can be read, the rest where it is as it was written. */
    public static Salvage salvage() {
        return new Salvage(
                Set.of(
                        Notes.STANDING,
                        Notes.RELEASE,
                        Notes.OBSERVED,
                        Notes.INTENTION,
                        Notes.SETTLED,
                        Notes.ENTERED,
                        Notes.HA_KEPT),
                Set.of(Notes.HOLD));
    }

    /** Folds what the journal holds. */
    public Standing(Journal journal) {
        this.journal = journal;
        journal.ofKinds(
                        Notes.STANDING,
                        Notes.HOLD,
                        Notes.RELEASE,
                        Notes.OBSERVED,
                        Notes.INTENTION,
                        Notes.SETTLED,
                        Notes.ENTERED,
                        Notes.HA_KEPT,
                        Notes.ACCEPTED,
                        SqliteJournal.SET_ASIDE)
                .forEach(this::fold);
    }

    /**
     * Why nothing but protection runs: the journal was damaged, and nobody has accepted the one that took its place; or it
     * could not be opened.
     */
    public synchronized Optional<String> observeOnly() {
        return damaged.or(journal::unavailable);
    }

    /**
     * This process began in the middle of an outage at that site: one before may have taken something down and could not
     * write it. What is seen down there tells nothing of who stopped it, until it was seen to run. The doubt is kept for
     * the processes after this one, where it can be written.
     */
    public synchronized void enteredInOutage(SiteId site) {
        if (entered.add(site)) {
            ObjectNode body = Notes.object().put("site", site.value());
            try {
                append(Notes.ENTERED, body);
            } catch (JournalException e) {
                LOG.warn("{} is in doubt, which could not be stored: {}", site, e.getMessage());
                remembered.doubted(site);
            }
        }
    }

    /** Whether a run of ours took it down, and none has started it since. */
    public synchronized boolean isDownByUs(AssetId asset) {
        return remembered.isDownByUs(asset);
    }

    /** Whether a process before this one may have taken it down without a record. */
    synchronized boolean mayBeDownByUs(AssetId asset) {
        return remembered.isDoubted(asset);
    }

    /** The sites that are armed. */
    public synchronized Set<SiteId> armed() {
        Set<SiteId> armed = new TreeSet<>(readiness.keySet());
        armed.removeIf(site -> readiness(site) != Readiness.ARMED);
        return armed;
    }

    /** A record by which a site counts as armed, for where the journal's own cannot be read. */
    public static Entry armed(SiteId site, Instant since) {
        ObjectNode body = Notes.object().put("site", site.value()).put("readiness", Readiness.ARMED.name());
        return new Entry(0, Optional.empty(), Notes.STANDING, since, body, "", "");
    }

    /** Tells which sites are armed now, and again after every change. */
    public void followArmed(Consumer<Set<SiteId>> told) {
        readinesses.add(told);
        told.accept(armed());
    }

    /** A person accepts that the journal begins anew; false when there was nothing to accept. */
    public synchronized boolean accept(String by, String reason) {
        if (damaged.isEmpty()) {
            return false;
        }
        append(Notes.ACCEPTED, Notes.object().put("by", by).put("reason", reason));
        return true;
    }

    public synchronized Readiness readiness(SiteId site) {
        return readiness.getOrDefault(site, Readiness.WATCHING);
    }

    /** Arms or disarms a site. Those who asked are told when it was not armed before. */
    public void ready(SiteId site, Readiness to, String by) {
        boolean newlyArmed;
        synchronized (this) {
            newlyArmed = to == Readiness.ARMED && readiness(site) != Readiness.ARMED;
            append(
                    Notes.STANDING,
                    Notes.object()
                            .put("site", site.value())
                            .put("readiness", to.name())
                            .put("by", by));
        }
        readinesses.forEach(told -> told.accept(armed()));
        if (newlyArmed) {
            arming.forEach(told -> told.accept(site));
        }
    }

    /**
     * An armed site acts on nothing for so long; asked again, counted anew. Why that cannot be, if so; then nothing was
     * changed.
     */
    public Optional<String> inhibit(SiteId site, Duration lasts, String by, String reason) {
        if (lasts.isNegative() || lasts.isZero() || lasts.compareTo(Inhibit.LONGEST) > 0) {
            return Optional.of("an inhibit ends within " + Inhibit.LONGEST.toHours() + " h");
        }
        synchronized (this) {
            if (readiness(site) == Readiness.WATCHING) {
                return Optional.of(site + " is not armed: it acts on nothing anyway");
            }
            append(
                    Notes.STANDING,
                    Notes.object()
                            .put("site", site.value())
                            .put("readiness", Readiness.INHIBITED.name())
                            .put("by", by)
                            .put("reason", reason)
                            .put("for", lasts.toString()));
        }
        readinesses.forEach(told -> told.accept(armed()));
        return Optional.empty();
    }

    /** The sites that are inhibited, until they are armed again. */
    public synchronized Map<SiteId, Inhibit> inhibits() {
        return new TreeMap<>(inhibits);
    }

    /** Asks to be told of every site that is armed from now on, on the thread that arms it. */
    public void whenArmed(Consumer<SiteId> told) {
        arming.add(told);
    }

    /** All holds by asset. */
    public synchronized Map<AssetId, Hold> holds() {
        return new TreeMap<>(holds);
    }

    /** Holds an asset: from now on nothing energises it. Holding twice keeps the first. */
    public synchronized void hold(AssetId asset, String by, String reason) {
        if (!holds.containsKey(asset)) {
            append(
                    Notes.HOLD,
                    Notes.object().put("asset", asset.toString()).put("by", by).put("reason", reason));
        }
    }

    /** Releases an asset by name; false when it was not held. */
    public synchronized boolean release(AssetId asset, String by) {
        if (!holds.containsKey(asset)) {
            return false;
        }
        append(Notes.RELEASE, Notes.object().put("asset", asset.toString()).put("by", by));
        return true;
    }

    /** What planning needs to know of the past. */
    public synchronized Seen seen() {
        return remembered.seen(holds.keySet());
    }

    /** Why this step may not energise its asset: somebody holds it. Steps that energise nothing are free to go. */
    synchronized Optional<String> refusal(Step step) {
        boolean energises = Set.of(Verb.WAKE, Verb.START, Verb.COMPOSE_UP, Verb.RECOVER, Verb.REMEDY, Verb.REBOOT)
                .contains(step.verb());
        return step.asset()
                .filter(asset -> energises)
                .map(holds::get)
                .map(hold -> "held by " + hold.by() + ": " + hold.reason());
    }

    /** Why a remedy must not touch its asset: somebody works at what it carries (R36). */
    synchronized Optional<String> carries(Step step, Contracts contracts) {
        return holds.values().stream()
                .filter(hold -> step.verb() == Verb.REMEDY)
                .filter(hold -> contracts
                        .asset(hold.asset())
                        .filter(held -> step.asset().filter(on(held)::contains).isPresent())
                        .isPresent())
                .findFirst()
                .map(hold -> hold.asset() + ", which it carries, is held by " + hold.by() + ": " + hold.reason());
    }

    private static Set<AssetId> on(Asset held) {
        if (held instanceof Guest guest) {
            return Set.of(guest.runsOn());
        }
        return held instanceof Stack stack ? Set.of(stack.runsOn()) : Set.of();
    }

    synchronized void observed(JsonNode body) {
        remembered.observed(body);
    }

    synchronized void intended(JsonNode body) {
        remembered.intended(body);
    }

    synchronized void settled(JsonNode body) {
        remembered.settled(body);
        letGo.settled(body);
    }

    @Override
    public synchronized Optional<String> keep(Set<AssetId> nodes, Map<String, String> states) {
        ObjectNode body = LetGo.body(nodes, states);
        try {
            append(Notes.HA_KEPT, body);
            return Optional.empty();
        } catch (StaleEpochException e) {
            throw e;
        } catch (JournalException e) {
            letGo.kept(body);
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized Map<String, String> kept(AssetId node) {
        return letGo.at(node);
    }

    private void append(String kind, ObjectNode body) {
        fold(journal.append(Optional.empty(), kind, body));
    }

    private void fold(Entry entry) {
        if (entry.kind().equals(SqliteJournal.SET_ASIDE)) {
            foldSetAside(entry.body());
        } else {
            fold(entry.kind(), entry.body(), entry.at());
        }
    }

    private void foldSetAside(JsonNode body) {
        body.path("salvaged").forEach(kept -> {
            if (!kept.path("kind").asText().equals("unreadable")) {
                fold(
                        kept.path("kind").asText(),
                        kept.path("body"),
                        Instant.parse(kept.path("at").asText()));
            }
        });
        damaged = Optional.of(
                "the journal was damaged and is kept as " + body.path("file").asText() + " ("
                        + body.path("reason").asText() + "); until a person accepts the new one (accept-journal), only"
                        + " protection runs");
    }

    private void fold(String kind, JsonNode body, Instant at) {
        switch (kind) {
            case Notes.STANDING -> foldReadiness(body, at);
            case Notes.HOLD -> {
                AssetId asset = asset(body);
                holds.put(
                        asset,
                        new Hold(
                                asset,
                                body.path("by").asText(),
                                body.path("reason").asText(),
                                at));
            }
            case Notes.RELEASE -> holds.remove(asset(body));
            case Notes.OBSERVED -> remembered.observed(body);
            case Notes.INTENTION -> remembered.intended(body);
            case Notes.SETTLED -> settled(body);
            case Notes.HA_KEPT -> letGo.kept(body);
            case Notes.ENTERED ->
                remembered.doubted(new SiteId(body.path("site").asText()));
            case Notes.ACCEPTED -> damaged = Optional.empty();
            default -> throw new IllegalStateException("not asked for: " + kind);
        }
    }

    private void foldReadiness(JsonNode body, Instant at) {
        SiteId site = new SiteId(body.path("site").asText());
        Readiness to = Readiness.valueOf(body.path("readiness").asText());
        readiness.put(site, to);
        inhibits.remove(site);
        if (to == Readiness.INHIBITED) {
            inhibits.put(site, Inhibit.of(body, at));
        }
    }

    private static AssetId asset(JsonNode body) {
        return AssetId.parse(body.path("asset").asText());
    }
}
