package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Ups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Follows the UPSes of one site and decides what its power calls for (R1 to R8).
 *
 * <p>Every method that is told something returns the news: decisions that were not yet reported for the present level.
 * A shutdown is reported once an outage, a startup once a return. Times are monotonic nanoseconds and never go back.
 * Not thread-safe.
 */
public final class SitePower {
    /** After mains has lasted for so long, an aged battery keeps nothing dark any more (R17). */
    private static final Duration MAX_DARK = Duration.ofMinutes(45);

    private final Power.Policy policy;
    private final Map<AssetId, UpsTrack> tracks = new TreeMap<>();
    private final Supplies supplies;
    private final Map<AssetId, String> alarms = new TreeMap<>();
    private Course course;
    private Duration forecast = Duration.ZERO;
    private OptionalLong outageSince = OptionalLong.empty();
    private OptionalLong mainsSince = OptionalLong.empty();
    private OptionalLong outageRemembered = OptionalLong.empty();
    private Verdict standing = new Verdict("calm", new Decision.Nothing("no outage was seen"));

    /** @param course which way the site was last sent by its power, from the journal */
    public SitePower(Power power, Course course) {
        this.policy = power.policy();
        this.course = course;
        for (Ups ups : power.upses()) {
            tracks.put(ups.id(), new UpsTrack(ups, power.policy()));
        }
        this.supplies = new Supplies(power, tracks);
    }

    /**
     * Takes what a message said. Repeats are harmless (R7).
     *
     * @param retained whether the broker had kept the message: it sets the level, the hold runs from now (R6)
     * @param source which way it came; different sources are different witnesses
     */
    public List<Decision> accept(AssetId ups, Parsed said, boolean retained, String source, long now) {
        UpsTrack track = track(ups);
        if (said instanceof Parsed.Update update) {
            track.accept(update, retained, source, now);
        } else if (said instanceof Parsed.CommunicationLost lost) {
            track.lose(lost.reason(), source, now);
        }
        return evaluate(now);
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

    /** What the shutdown needs by forecast; it shortens the wait for a second witness, no more (R2). */
    public void expect(Duration shutdown) {
        forecast = shutdown;
    }

    /**
     * An earlier process saw an outage begin then, and nobody saw it end. It counts from there if the first clear word is
     * that it goes on, and is forgotten if that is mains (R1, R9). It is no witness and no sample (R2).
     */
    public void remember(long outageSince) {
        outageRemembered = OptionalLong.of(outageSince);
    }

    /**
     * Decides anew as if the site had last been sent this way; for one that was just armed, or a run that failed. An
     * outage or a return that has lasted long enough by now is acted on at once.
     */
    public List<Decision> reconsider(Course sent, long now) {
        course = sent;
        standing = new Verdict("reconsidered", standing.decision());
        return evaluate(now);
    }

    /** What was just called for is not done: the site stays as it was, and the same is not called for twice. */
    public void withhold(Course stays) {
        course = stays;
    }

    /** Judges the passing of time. */
    public List<Decision> evaluate(long now) {
        List<Decision> news = new ArrayList<>();
        for (UpsTrack track : tracks.values()) {
            track.tick(now);
            raise(track).ifPresent(news::add);
        }
        Verdict verdict = course == Course.UP ? whileUp(now) : whileDown(now);
        if (!verdict.topic().equals(standing.topic())) {
            news.add(verdict.decision());
            course = verdict.decision().sends().orElse(course);
        }
        standing = verdict;
        return List.copyOf(news);
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

    /** Why nothing should rely on these UPSes now: one that is not surely on mains (R10). */
    public Optional<String> offMains() {
        return supplies.offMains();
    }

    /** Why nothing planned should take load up or down now: one that is on mains and not surely charged (R10). */
    public Optional<String> uncharged(long now) {
        return supplies.uncharged(policy, now);
    }

    /**
     * Why nothing that an earlier process left may start or move load now, if so (R31, R17): a UPS that is not surely on
     * mains, whose word is so far only what its broker had kept (R6), or that is not charged before mains has lasted
     * {@link #MAX_DARK}.
     */
    public Optional<String> notSafe(long now) {
        return offMains()
                .or(() -> supplies.onlyKept(policy, now))
                .or(() -> supplies.mainsFor(MAX_DARK, now) ? Optional.empty() : uncharged(now));
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

    private Verdict whileUp(long now) {
        Optional<Supplies.Shortage> outage = supplies.outage();
        if (outage.isEmpty()) {
            return calm(now);
        }
        mainsSince = OptionalLong.empty();
        if (outageSince.isEmpty()) {
            outageSince = OptionalLong.of(Math.min(now, outageRemembered.orElse(now)));
        }
        long since = outageSince.getAsLong();
        long holdOver = holdOver(since);
        OptionalLong critical = supplies.criticalSince(now);
        long criticalOver = Math.max(critical.orElse(since) + witnessDelay(now), undecidedUntil(since));
        boolean emergency = critical.isPresent() && now - criticalOver >= 0;
        String what = outWord() + "; " + outage.get();
        if (emergency || now - holdOver >= 0) {
            return beginShutdown(now, what, emergency, since);
        }
        return critical.isPresent()
                ? holding(
                        "outage-critical",
                        Math.min(criticalOver, holdOver) - now,
                        "critical, waiting for a second witness: " + what)
                : holding("outage", holdOver - now, "on battery, waiting whether it lasts: " + what);
    }

    private Verdict beginShutdown(long now, String what, boolean critical, long since) {
        String reason = critical
                ? "critical after " + Say.seconds(now - since) + " on battery: " + what
                : "on battery for " + Say.seconds(now - since) + ", longer than the hold of "
                        + Say.seconds(policy.outageHold()) + ": " + what;
        return new Verdict(
                "shutdown",
                new Decision.BeginShutdown(reason, critical ? Decision.Urgency.EMERGENCY : Decision.Urgency.HOLD_OVER));
    }

    private Verdict calm(long now) {
        if (supplies.offMains().isEmpty()) {
            outageRemembered = OptionalLong.empty();
        }
        if (outageSince.isEmpty()) {
            return standing.topic().startsWith("calm") || standing.topic().equals("startup")
                    ? standing
                    : new Verdict("calm", new Decision.Nothing("no outage"));
        }
        String lasted = Say.seconds(now - outageSince.getAsLong());
        outageSince = OptionalLong.empty();
        return new Verdict(
                "calm after " + now,
                new Decision.Nothing("on battery for " + lasted + " of " + Say.seconds(policy.outageHold())
                        + " hold; mains is back"));
    }

    private Verdict whileDown(long now) {
        Optional<Supplies.Shortage> missing = supplies.notReturned();
        if (missing.isPresent() || supplies.assets().isEmpty()) {
            mainsSince = OptionalLong.empty();
            if (standing.topic().equals("shutdown")) {
                return standing;
            }
            String what = missing.map(Supplies.Shortage::toString).orElse("no asset is fed by a UPS");
            return new Verdict("down", new Decision.Nothing("shut down; waiting for mains: " + what));
        }
        outageSince = OptionalLong.empty();
        if (mainsSince.isEmpty()) {
            mainsSince = OptionalLong.of(now);
        }
        long since = mainsSince.getAsLong();
        boolean unknown = supplies.chargeUnknown().isPresent();
        Duration hold = unknown ? policy.returnHold().multipliedBy(2) : policy.returnHold();
        String charge = unknown
                ? "charge unknown, so the hold is doubled to " + Say.seconds(hold)
                : "charge " + supplies.lowestCharge().orElse(0) + " % of " + policy.returnCharge() + " % needed";
        long over = since + hold.toNanos();
        if (now - over < 0) {
            return holding("return", over - now, "mains is back, waiting whether it stays; " + charge);
        }
        if (!unknown && supplies.undercharged(policy.returnCharge()).isPresent()) {
            return new Verdict("charging", new Decision.Nothing("mains is back, the battery is not yet: " + charge));
        }
        return new Verdict(
                "startup", new Decision.BeginStartup("mains for " + Say.seconds(now - since) + "; " + charge));
    }

    private long holdOver(long since) {
        boolean corroborated = witnesses() >= 2
                || tracks.values().stream().anyMatch(t -> t.secondSample().isPresent());
        Duration hold = corroborated ? policy.outageHold() : policy.outageHold().plus(policy.singleWitnessDelay());
        return Math.max(since + hold.toNanos(), undecidedUntil(since));
    }

    /** An unclear status after "on battery" puts off what is due, for the dead time at most. */
    private long undecidedUntil(long since) {
        return tracks.values().stream()
                .filter(t -> t.state().feed() == UpsState.Feed.BATTERY)
                .flatMapToLong(t -> t.undecidedUntil().stream())
                .max()
                .orElse(since);
    }

    private long witnessDelay(long now) {
        if (witnesses() >= 2) {
            return 0;
        }
        Duration delay = policy.singleWitnessDelay();
        for (UpsTrack track : tracks.values()) {
            Optional<Duration> runtime = track.reading().runtime();
            if (track.criticalSince(now).isPresent() && runtime.isPresent()) {
                Duration spare = runtime.get().minus(forecast);
                delay = spare.compareTo(delay) < 0 ? spare : delay;
            }
        }
        return Math.max(0, delay.toNanos());
    }

    private long witnesses() {
        return tracks.values().stream().mapToLong(t -> t.witnesses().size()).sum();
    }

    private String outWord() {
        return String.join(
                ", ",
                tracks.values().stream()
                        .filter(t -> t.state().feed() == UpsState.Feed.BATTERY)
                        .map(t -> t.id() + " said " + t.reading().status()
                                + (t.state() instanceof UpsState.CommunicationLost lost
                                        ? ", then was lost (" + lost.reason() + ")"
                                        : ""))
                        .toList());
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

    private static Verdict holding(String topic, long nanos, String reason) {
        return new Verdict(topic, new Decision.Holding(Duration.ofNanos(nanos), reason));
    }

    /** @param topic what makes it news: a decision on the same topic was reported already */
    private record Verdict(String topic, Decision decision) {}
}
