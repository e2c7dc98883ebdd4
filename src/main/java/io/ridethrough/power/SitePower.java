package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Ups;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Follows the UPSes of one site and decides what its power calls for (R1 to R8, R11): {@link OutageWatch} while it is up,
 * {@link ReturnWatch} while it is down.
 *
 * <p>Every method that is told something returns the news: decisions that were not yet reported for the present level.
 * A shutdown is reported once an outage, a startup once a return. Times are monotonic nanoseconds and never go back.
 * Not thread-safe.
 */
public final class SitePower {
    /** What a UPS commonly has left when it calls its battery low: NUT's {@code battery.runtime.low}. */
    private static final Duration LOW = Duration.ofMinutes(2);

    private final Power.Policy policy;
    private final OutageWatch outage;
    private final ReturnWatch mainsBack;
    private final Map<AssetId, UpsTrack> tracks = new TreeMap<>();
    private final Supplies supplies;
    private final Discharges discharges = new Discharges(tracks);
    private final Map<AssetId, String> alarms = new TreeMap<>();
    /** What was shed since the site was up. */
    private final Set<AssetId> shed = new TreeSet<>();

    private boolean morePutDown;
    private Course course;
    private Course before;
    private Verdict standing = Verdict.nothing("calm", "no outage was seen");

    /** @param course which way the site was last sent by its power, from the journal */
    public SitePower(Power power, Course course) {
        this.policy = power.policy();
        this.course = course;
        this.morePutDown = course != Course.UP;
        this.before = course;
        for (Ups ups : power.upses()) {
            tracks.put(ups.id(), new UpsTrack(ups, power.policy()));
        }
        this.supplies = new Supplies(power, tracks);
        this.outage = new OutageWatch(
                power, supplies, new Witnesses(tracks.values(), policy.singleWitnessDelay()), discharges::knowsAll);
        this.mainsBack = new ReturnWatch(policy, supplies);
    }

    /**
     * Takes what a message said. Repeats are harmless (R7).
     *
     * @param retained whether the broker had kept the message: it sets the level, the hold runs from now (R6)
     * @param source which way it came; different sources are different witnesses
     */
    public List<Decision> accept(AssetId ups, Parsed said, boolean retained, String source, long now) {
        UpsTrack track = track(ups);
        Optional<Discharge> spent = track.spent();
        if (said instanceof Parsed.Update update) {
            track.accept(update, retained, source, now);
        } else if (said instanceof Parsed.CommunicationLost lost) {
            track.lose(lost.reason(), source, now);
        }
        List<Decision> news = new ArrayList<>(told(discharges.heard(track, spent)));
        news.addAll(evaluate(now));
        return List.copyOf(news);
    }

    /**
     * The broker of a UPS went away: starts the dead time, no more (R5).
     *
     * @param why for people; a better reason replaces the one before
     */
    public List<Decision> brokerLost(AssetId ups, String why, long now) {
        track(ups).brokerLost(why, now);
        return evaluate(now);
    }

    /** The broker of a UPS is there again: the level before the loss holds until something else is heard. */
    public List<Decision> brokerBack(AssetId ups, long now) {
        track(ups).brokerBack(now);
        return evaluate(now);
    }

    /**
     * What the shutdown needs by forecast: decides the latest start, shortens the wait for a second witness (R2, R11), and
     * tells how far a battery must be charged before the site comes up on it (R17).
     */
    public void expect(Duration shutdown) {
        outage.expect(shutdown);
        mainsBack.expect(shutdown);
    }

    /** How long an outage is waited out, its latest start apart, that begins with so much left (R11). */
    public Duration waits(Duration left) {
        return outage.waits(left);
    }

    /** From now on what is down already by that is not shed, and so not brought back. */
    public void leaves(Predicate<AssetId> already) {
        outage.leaves(already);
    }

    /** An earlier process shed these, and took nothing else down since the site was up: they alone start again. */
    public void shedBefore(Set<AssetId> guests) {
        shed.addAll(guests);
        morePutDown = false;
    }

    /** What was measured of its batteries before, oldest first: they are taken at that (R11). */
    public void learn(List<Discharge> earlier) {
        earlier.forEach(discharges::learn);
    }

    private static List<Decision> told(List<Discharge> measured) {
        return measured.stream().<Decision>map(Decision.Discharged::new).toList();
    }

    /**
     * An earlier process saw an outage begin then, and nobody saw it end. It counts from there if the first clear word is
     * that it goes on, and is forgotten if that is mains (R1, R9). It is no witness and no sample (R2).
     */
    public void remember(long outageSince) {
        outage.remember(outageSince);
    }

    /**
     * Decides anew as if the site had last been sent this way; for one that was just armed, or a run that failed. An
     * outage or a return that has lasted long enough by now is acted on at once.
     */
    public List<Decision> reconsider(Course sent, long now) {
        course = sent;
        outage.shedAgain();
        standing = new Verdict("reconsidered", standing.decision());
        return evaluate(now);
    }

    /** What was just called for is not done: the site stays as it was, and the same is not called for twice. */
    public void withhold(Course stays) {
        course = stays;
    }

    /**
     * A person puts the shutdown of this outage off, as long as the policy offers and its latest start allows.
     *
     * @param who for the record
     * @return why it is not put off, if so
     */
    public Optional<String> defer(String who, long now) {
        return course == Course.DOWN ? Optional.of("the shutdown has begun") : outage.defer(who, now);
    }

    /** A person has the shutdown of this outage begin at the next evaluation; the answer is why it does not, if so. */
    public Optional<String> beginNow(String who) {
        return course == Course.DOWN ? Optional.of("the shutdown has begun") : outage.beginNow(who);
    }

    /** Judges the passing of time. */
    public List<Decision> evaluate(long now) {
        List<Decision> news = new ArrayList<>();
        for (UpsTrack track : tracks.values()) {
            track.tick(now);
            raise(track).ifPresent(news::add);
        }
        Verdict verdict = narrowed(judged(now));
        if (!verdict.topic().equals(standing.topic())) {
            if (verdict.decision() instanceof Decision.BeginShutdown) {
                news.addAll(told(discharges.loadFalls()));
            }
            supplies.undercharged(mainsBack.needed())
                    .filter(low -> verdict.decision() instanceof Decision.BeginStartup
                            && supplies.chargeUnknown().isEmpty())
                    .ifPresent(low -> news.add(new Decision.Alarm(
                            "a startup begins on a battery that may not carry another shutdown: " + low)));
            news.add(verdict.decision());
            sent(verdict);
        }
        standing = verdict;
        if (course != Course.DOWN) {
            outage.sheds(now).ifPresent(goes -> {
                news.addAll(told(discharges.loadFalls()));
                news.add(goes);
                if (course == Course.UP) {
                    shed.clear();
                    morePutDown = false;
                }
                send(Course.PARTLY_DOWN);
                shed.addAll(goes.guests());
            });
        }
        return List.copyOf(news);
    }

    private void sent(Verdict verdict) {
        verdict.decision().sends().ifPresent(this::send);
        morePutDown |= course == Course.DOWN;
    }

    /** What was shed alone comes up alone: nothing is known of how all else was before this outage. */
    private Verdict narrowed(Verdict verdict) {
        return verdict.decision() instanceof Decision.BeginStartup all && !morePutDown && !shed.isEmpty()
                ? new Verdict(verdict.topic(), new Decision.BeginStartup(all.reason(), shed))
                : verdict;
    }

    private void send(Course way) {
        before = course;
        course = way;
    }

    /**
     * Why the shutdown that this site was sent into has lost its reason (R13): mains is back wherever it is needed, and
     * heard, not only what a broker had kept (R6). A level, told until {@link #turned}; nothing where the policy is to
     * finish what has begun (R14).
     */
    public Optional<String> turnsAround(long now) {
        boolean back = course == Course.DOWN
                && policy.onReturn() == Power.OnReturn.TURN_AROUND
                && mainsBack.begun()
                && supplies.onlyKept(policy, now).isEmpty();
        return back ? Optional.of("mains is back in mid-shutdown: what has not begun is called off") : Optional.empty();
    }

    /**
     * The shutdown was called off: from now on mains that goes again and mains that stays both count. The news; nothing
     * if the site was sent another way meanwhile.
     */
    public Optional<Decision> turned(String reason) {
        if (course != Course.DOWN) {
            return Optional.empty();
        }
        standing = new Verdict("turned", new Decision.TurnedAround(reason));
        sent(standing);
        return Optional.of(standing.decision());
    }

    /** Which way the site had been sent before the last time. */
    public Course before() {
        return before;
    }

    /** The decision of the last evaluation, for those who look. */
    public Decision standing() {
        return standing.decision();
    }

    /** What is decided and what a person should know, in one line. */
    public String report() {
        List<String> words = new ArrayList<>(List.of(standing.decision().reason()));
        alarms.values().stream().filter(alarm -> !alarm.isEmpty()).forEach(words::add);
        return String.join("; ", words);
    }

    /** The same, and how far what is waited for has come: {@code on battery 14 s of 60 s hold; 2 witnesses; ...}. */
    public String report(long now, ZonedDateTime clock) {
        return (course == Course.UP ? outage.progress(now, clock) : progressOfReturn(now, clock))
                .map(progress -> progress + "; " + report())
                .orElseGet(this::report);
    }

    private Optional<String> progressOfReturn(long now, ZonedDateTime clock) {
        Optional<String> progress = mainsBack.progress(now);
        return progress.isEmpty() && course == Course.PARTLY_DOWN ? outage.progress(now, clock) : progress;
    }

    /** Why nothing should rely on these UPSes now: one that is not surely on mains (R10). */
    public Optional<String> offMains() {
        return supplies.offMains();
    }

    /** Whether its power was away when it was last heard of, or it is not yet back where it was before. */
    public boolean isInOutage() {
        return course != Course.UP || supplies.isAnyOnBattery();
    }

    /** Whether every UPS that counts said itself that it is on mains, and its broker did not only keep that (R6). */
    public boolean hearsMains(long now) {
        return offMains().isEmpty() && supplies.onlyKept(policy, now).isEmpty();
    }

    /** Why nothing planned should take load up or down now: one that is on mains and not surely charged (R10). */
    public Optional<String> uncharged(long now) {
        return supplies.uncharged(policy, mainsBack.needed(), now);
    }

    /**
     * Why nothing that an earlier process left may start or move load now, if so (R31, R17): a UPS that is not surely on
     * mains, whose word is so far only what its broker had kept (R6), or that is not charged before mains has lasted
     * its {@code max-dark}.
     */
    public Optional<String> notSafe(long now) {
        return offMains()
                .or(() -> supplies.onlyKept(policy, now))
                .or(() -> supplies.mainsFor(policy.maxDark(), now) ? Optional.empty() : uncharged(now));
    }

    /** How long what it feeds would last if mains went now, by the first UPS that cannot be spared. */
    public Optional<Lasts> lasts(long now) {
        return supplies.firstEmptyIfMainsWent(now)
                .map(first -> new Lasts(
                        first.ups(),
                        Duration.ofNanos(Math.max(0, first.empty().at() - now)),
                        first.empty().basis()));
    }

    /**
     * How long it has power for all of its assets while mains is away, where that may be acted on: as its UPSes tell, or
     * {@link #LOW} once one of them calls its battery low and tells nothing else.
     */
    public Optional<Duration> left(long now) {
        if (supplies.outage().isEmpty()) {
            return Optional.empty();
        }
        OptionalLong told = supplies.firstEmpty().stream()
                .filter(first -> first.empty().steady())
                .mapToLong(first -> first.empty().at())
                .findFirst();
        OptionalLong low = supplies.lowSince(now);
        OptionalLong empty =
                told.isPresent() || low.isEmpty() ? told : OptionalLong.of(low.getAsLong() + LOW.toNanos());
        return empty.stream()
                .mapToObj(at -> Duration.ofNanos(Math.max(0, at - now)))
                .findFirst();
    }

    /** Which way the site was last sent. */
    public Course course() {
        return course;
    }

    /** The state of a UPS of this site. */
    public UpsState state(AssetId ups) {
        return track(ups).state();
    }

    /** The newest known of a UPS of this site. */
    public Reading reading(AssetId ups) {
        return track(ups).reading();
    }

    private Verdict judged(long now) {
        if (course == Course.UP) {
            Verdict verdict = outage.judge(standing, now);
            if (supplies.outage().isPresent()) {
                mainsBack.end();
            }
            return verdict;
        }
        if (course == Course.PARTLY_DOWN && supplies.outage().isPresent()) {
            mainsBack.end();
            return outage.judge(standing, now);
        }
        Verdict verdict = mainsBack.judge(standing, now);
        if (mainsBack.begun() || course == Course.PARTLY_DOWN) {
            outage.end();
        }
        return verdict;
    }

    private Optional<Decision> raise(UpsTrack track) {
        String alarm = Alarms.of(track);
        String before = alarms.put(track.id(), alarm);
        return alarm.isEmpty() || alarm.equals(before) ? Optional.empty() : Optional.of(new Decision.Alarm(alarm));
    }

    private UpsTrack track(AssetId ups) {
        UpsTrack track = tracks.get(ups);
        if (track == null) {
            throw new IllegalArgumentException(ups + " is no UPS of this site");
        }
        return track;
    }
}
