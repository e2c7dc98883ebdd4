package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Judges an outage of a site that is up: when it calls for a shutdown (R2, R11). That is after the hold, or before it once
 * the battery is critical or the latest start has come, never without the witnesses' due.
 */
final class OutageWatch {
    /** Percent of charge at which a shutdown begins by the battery. */
    private static final int HALF = 50;

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Power.Policy policy;
    private final Supplies supplies;
    private final Witnesses witnesses;
    private final BooleanSupplier measured;
    private final Shedding shedding;
    private Duration forecast = Duration.ZERO;
    private OptionalLong since = OptionalLong.empty();
    private OptionalLong firstTold = OptionalLong.empty();
    private OptionalLong remembered = OptionalLong.empty();
    /** What a person said about this outage: it ends with it. */
    private OptionalLong deferred = OptionalLong.empty();

    private Optional<String> atOnce = Optional.empty();
    private String deferredBy = "";

    /** @param measured whether every battery of the site has been measured in a discharge */
    OutageWatch(Power power, Supplies supplies, Witnesses witnesses, BooleanSupplier measured) {
        this.policy = power.policy();
        this.shedding = new Shedding(power.shed(), supplies, witnesses);
        this.supplies = supplies;
        this.witnesses = witnesses;
        this.measured = measured;
    }

    void expect(Duration shutdown) {
        forecast = shutdown;
    }

    void remember(long outageSince) {
        remembered = OptionalLong.of(outageSince);
    }

    /** The outage is over, or was acted on and is over now. */
    void end() {
        since = OptionalLong.empty();
        firstTold = OptionalLong.empty();
        deferred = OptionalLong.empty();
        atOnce = Optional.empty();
        shedding.forget();
    }

    /** What the outage takes down now while the site stays up. */
    Optional<Decision.Shed> sheds(long now) {
        return since.isEmpty() ? Optional.empty() : shedding.due(since.getAsLong(), now);
    }

    /** See {@link Shedding#leaves}. */
    void leaves(Predicate<AssetId> already) {
        shedding.leaves(already);
    }

    /** What was to be shed was not, or may not have been. */
    void shedAgain() {
        shedding.forget();
    }

    /** Puts the shutdown off by what the policy offers; why not, if so. It begins at its latest start in any case. */
    Optional<String> defer(String who, long now) {
        if (policy.defer().isZero()) {
            return Optional.of("nobody may put a shutdown off here: power.yaml declares no defer");
        }
        if (since.isEmpty()) {
            return Optional.of("there is no outage");
        }
        long planned = Math.max(now, Math.max(holdOver(since.getAsLong()), deferred.orElse(now)));
        deferred = OptionalLong.of(planned + policy.defer().toNanos());
        deferredBy = who;
        return Optional.empty();
    }

    /** Waits for nothing any more; why not, if so. */
    Optional<String> beginNow(String who) {
        if (since.isEmpty()) {
            return Optional.of("there is no outage");
        }
        atOnce = Optional.of(who);
        return Optional.empty();
    }

    Verdict judge(Verdict standing, long now) {
        Optional<Supplies.Shortage> outage = supplies.outage();
        if (outage.isEmpty()) {
            return calm(standing, now);
        }
        if (since.isEmpty()) {
            since = OptionalLong.of(Math.min(now, remembered.orElse(now)));
        }
        long began = since.getAsLong();
        long undecided = witnesses.undecidedUntil(began);
        long holdOver = putOff(holdOver(began));
        OptionalLong critical = supplies.criticalSince(now);
        long criticalOver = Math.max(critical.orElse(began) + witnesses.delayOfCritical(forecast, now), undecided);
        String what = witnesses.words() + "; " + outage.get();
        if (critical.isPresent() && now - criticalOver >= 0) {
            return shutdown("critical after " + lasts(now) + " on battery: " + what, Decision.Urgency.EMERGENCY);
        }
        if (atOnce.isPresent()) {
            return shutdown(
                    "begun at once by " + atOnce.get() + ", after " + lasts(now) + " on battery: " + what,
                    Decision.Urgency.HOLD_OVER);
        }
        Optional<String> spare = now - holdOver >= 0 ? spare(began, now) : Optional.empty();
        if (now - holdOver >= 0 && spare.isEmpty()) {
            String waited = ", longer than the hold of " + Say.seconds(policy.outageHold()) + ": ";
            return shutdown("on battery for " + lasts(now) + waited + what, Decision.Urgency.HOLD_OVER);
        }
        Optional<Latest> latest = latest().filter(Latest::steady);
        long latestOver = Math.max(
                latest.map(Latest::at).orElse(holdOver),
                Math.max(began + policy.singleWitnessDelay().toNanos(), undecided));
        if (latest.isPresent() && now - latestOver >= 0) {
            return shutdown(
                    "the latest start has come after " + lasts(now) + " on battery, because "
                            + latest.get().because(now) + ": " + what,
                    Decision.Urgency.LATEST_START);
        }
        if (critical.isPresent()) {
            return Verdict.holding(
                    "outage-critical",
                    (spare.isPresent() ? criticalOver : Math.min(criticalOver, holdOver)) - now,
                    "critical, waiting for a second witness: " + what);
        }
        if (deferred.isPresent() && now - holdOver < 0) {
            return Verdict.holding(
                    "outage-deferred " + deferred.getAsLong(),
                    holdOver - now,
                    "put off by " + deferredBy + ", at most until the latest start: " + what);
        }
        return spare.map(left -> Verdict.holding("outage-spared", 0, "on battery, and " + left))
                .orElseGet(() ->
                        Verdict.holding("outage", holdOver - now, "on battery, waiting whether it lasts: " + what));
    }

    /** Why the battery may carry the site on, by the policy (R11). */
    private Optional<String> spare(long began, long now) {
        return switch (policy.start()) {
            case AFTER_HOLD -> Optional.empty();
            case BY_BATTERY -> halfIsLeft(began, now);
            case JUST_IN_TIME ->
                measured.getAsBoolean()
                        ? latest().filter(Latest::steady)
                                .map(latest -> "its latest start is in " + Say.seconds(Math.max(0, latest.at() - now))
                                        + ", because " + latest.because(now))
                        : halfIsLeft(began, now)
                                .map(left -> left + "; it goes on to its latest start once a discharge was measured");
        };
    }

    /** What is left of the battery, while that is more than half of it. */
    private Optional<String> halfIsLeft(long began, long now) {
        Optional<Supplies.FirstEmpty> first =
                supplies.firstEmpty().filter(one -> one.empty().steady());
        long half = supplies.shortestRuntime().dividedBy(2).toNanos();
        if (first.isEmpty() || now - began >= half) {
            return Optional.empty();
        }
        long left = first.get().empty().at() - now;
        if (firstTold.isEmpty()) {
            firstTold = OptionalLong.of(left);
        }
        int charge = supplies.lowestCharge().orElse(100);
        return charge <= HALF || left <= firstTold.getAsLong() / 2
                ? Optional.empty()
                : Optional.of("half of it is left: " + charge + " %, " + Say.seconds(left) + " of "
                        + Say.seconds(firstTold.getAsLong()));
    }

    /** How long an outage is waited out, its latest start apart, that begins with so much left. */
    Duration waits(Duration left) {
        Duration declared = supplies.shortestRuntime();
        Duration half = (left.compareTo(declared) < 0 ? left : declared).dividedBy(2);
        Duration byPolicy =
                switch (policy.start()) {
                    case AFTER_HOLD -> Duration.ZERO;
                    case BY_BATTERY -> half;
                    case JUST_IN_TIME -> measured.getAsBoolean() ? left : half;
                };
        return byPolicy.compareTo(policy.outageHold()) > 0 ? byPolicy : policy.outageHold();
    }

    /** How far it is, and why, if there is an outage: changes with time, where a decision does not. */
    Optional<String> progress(long now, ZonedDateTime clock) {
        return since.stream()
                .mapToObj(began -> "on battery " + lasts(now) + " of "
                        + Say.seconds(policy.outageHold().plus(witnesses.delayOfHold())) + " hold; " + witnesses + "; "
                        + latest().map(latest -> latest.word(now, clock)).orElse("latest start unknown"))
                .findFirst();
    }

    private Verdict calm(Verdict standing, long now) {
        if (supplies.offMains().isEmpty()) {
            remembered = OptionalLong.empty();
        }
        if (since.isEmpty()) {
            return standing.topic().startsWith("calm") || standing.topic().equals("startup")
                    ? standing
                    : Verdict.nothing("calm", "no outage");
        }
        String lasted = lasts(now);
        end();
        return Verdict.nothing(
                "calm after " + now,
                "on battery for " + lasted + " of " + Say.seconds(policy.outageHold()) + " hold; mains is back");
    }

    /** Never beyond the latest start, however unsure that is; not at all where none is known. */
    private long putOff(long holdOver) {
        if (deferred.isEmpty()) {
            return holdOver;
        }
        long latest = latest().map(Latest::at).orElse(holdOver);
        return Math.max(holdOver, Math.min(deferred.getAsLong(), latest));
    }

    private long holdOver(long began) {
        Duration hold = policy.outageHold().plus(witnesses.delayOfHold());
        return Math.max(began + hold.toNanos(), witnesses.undecidedUntil(began));
    }

    private Optional<Latest> latest() {
        return supplies.firstEmpty()
                .map(first -> new Latest(
                        first.empty().at() - forecast.plus(Lasts.RESERVE).toNanos(), first, forecast));
    }

    private static Verdict shutdown(String reason, Decision.Urgency urgency) {
        return new Verdict("shutdown", new Decision.BeginShutdown(reason, urgency));
    }

    private String lasts(long now) {
        return Say.seconds(now - since.orElse(now));
    }

    /** The last moment at which a shutdown still ends before a UPS is empty. */
    private record Latest(long at, Supplies.FirstEmpty first, Duration forecast) {
        boolean steady() {
            return first.empty().steady();
        }

        String because(long now) {
            return first.ups() + " lasts "
                    + Say.seconds(Math.max(0, first.empty().at() - now)) + " more ("
                    + first.empty().basis() + "), and a shutdown takes " + Say.seconds(forecast) + " with "
                    + Say.seconds(Lasts.RESERVE) + " in reserve";
        }

        String word(long now, ZonedDateTime clock) {
            return "latest start " + clock.plusNanos(at - now).format(CLOCK) + " because " + because(now);
        }
    }
}
