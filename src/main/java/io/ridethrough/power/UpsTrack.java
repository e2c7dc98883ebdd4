package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Ups;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The state of one UPS and the evidence for it. Its NUT server, where one is asked, is its first source: while that
 * answers, what comes over a broker is a witness and no more. Times are monotonic nanoseconds. Not thread-safe.
 */
final class UpsTrack {
    private final Ups ups;
    private final long declaredDeadTime;
    private final OptionalLong longestSilence;
    private Reading reading;
    private UpsState state = new UpsState.Unheard();
    private OptionalLong heardAt = OptionalLong.empty();
    private OptionalLong mainsSince = OptionalLong.empty();
    private boolean lostWithBroker;
    private OptionalLong doubtfulSince = OptionalLong.empty();
    private final Samples samples = new Samples();
    private final Endurance endurance;
    private final Map<String, UpsState> levels = new TreeMap<>();
    /** The bridges that say that they have lost it: what they said before is no word of now. */
    private final Set<String> lostBridges = new TreeSet<>();
    /** The bridges whose broker cannot be reached: what they last said holds again once it can. */
    private final Set<String> unreachableBridges = new TreeSet<>();

    private boolean directSpeaks;

    UpsTrack(Ups ups, Power.Policy policy) {
        this.ups = ups;
        this.reading = Reading.unheard(ups.id());
        this.endurance = new Endurance(ups.runtime());
        this.declaredDeadTime = policy.deadTime().toNanos();
        Optional<Duration> every = ups.mqtt().flatMap(Ups.MqttSource::every);
        this.longestSilence = every.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        Math.max(declaredDeadTime, every.get().multipliedBy(3).toNanos()));
    }

    AssetId id() {
        return ups.id();
    }

    Reading reading() {
        return reading;
    }

    UpsState state() {
        return state;
    }

    /** Where word of it was heard that it is on battery, one name a witness. */
    Set<String> witnesses() {
        return levels.entrySet().stream()
                .filter(level -> level.getValue().feed() == UpsState.Feed.BATTERY)
                .map(level -> ups.id() + " by " + level.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether two live samples, apart in time, say that it is on battery. */
    OptionalLong secondSample() {
        return samples.second();
    }

    void accept(Parsed.Update update, boolean retained, String source, long now) {
        boolean direct = source.equals(Reading.DIRECT);
        if (!direct) {
            heardAt = OptionalLong.of(now);
            update.status().flatMap(status -> level(status.meaning())).ifPresent(level -> lostBridges.remove(source));
        }
        if (directSpeaks && !direct) {
            update.status()
                    .flatMap(status -> level(status.meaning()))
                    .ifPresent(level -> witness(level, retained, source, now));
            return;
        }
        directSpeaks = direct;
        reading = reading.with(update, retained, source);
        if (update.status().isPresent()) {
            turn(update.status().get().meaning(), retained, source, now);
        }
        if (!retained) {
            update.runtime().ifPresent(runtime -> endurance.told(runtime, now));
        }
    }

    /** From now on its battery is taken at this part of what it tells. */
    void deliver(double part) {
        endurance.deliver(part);
    }

    /** How long it carries its load when it is full, by its declaration and what it was found to deliver. */
    Duration runtimeWhenFull() {
        return endurance.whenFull();
    }

    /** What the present discharge has shown of its battery by now; a low battery counts once that is confirmed. */
    Optional<Discharge> spent() {
        return endurance.spent(isLow()).map(spent -> new Discharge(id(), spent.lasted(), spent.fell()));
    }

    /** Whether it surely calls its battery low. */
    boolean isLow() {
        return state instanceof UpsState.LowBattery && samples.criticalSince().isPresent();
    }

    /** When it would be empty if mains went now. */
    Endurance.Empty emptyIfMainsWent(long now) {
        return endurance.ifMainsWent(now);
    }

    /** When it will be empty, while it is on battery. */
    Optional<Endurance.Empty> empty() {
        return endurance.empty();
    }

    private void witness(UpsState level, boolean retained, String source, long now) {
        levels.put(source, level);
        boolean agrees = level.feed() == UpsState.Feed.BATTERY && state.feed() == UpsState.Feed.BATTERY;
        if (agrees && !retained) {
            samples.take(state, now);
        }
    }

    /** Its source has lost it, or cannot be reached. What another source last said counts, unless that was overtaken. */
    void lose(String reason, String source, long now) {
        boolean direct = source.equals(Reading.DIRECT);
        if (!direct) {
            lostBridges.add(source);
            lostByItself(reason);
        }
        if (direct ? isToldOtherwise() : directSpeaks) {
            return;
        }
        directSpeaks = false;
        Optional<UpsState> other = levels.entrySet().stream()
                .filter(level -> direct && !level.getKey().equals(source) && !isGone(level.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (other.isPresent() && state.feed() != UpsState.Feed.BATTERY) {
            believe(other.get(), now);
            return;
        }
        lose(reason, now);
    }

    /** A bridge that has lost it while its broker was away does not have it because that is back. */
    private void lostByItself(String reason) {
        if (lostWithBroker && state instanceof UpsState.CommunicationLost lost) {
            state = new UpsState.CommunicationLost(lost.last(), reason);
            lostWithBroker = false;
        }
    }

    /** Whether another source has spoken since the server fell silent, and stands. */
    private boolean isToldOtherwise() {
        return !directSpeaks
                && !reading.source().isEmpty()
                && !reading.source().equals(Reading.DIRECT)
                && !(state instanceof UpsState.CommunicationLost);
    }

    private boolean isGone(String bridge) {
        return lostBridges.contains(bridge) || unreachableBridges.contains(bridge);
    }

    private void lose(String reason, long now) {
        if (!(state instanceof UpsState.CommunicationLost)) {
            doubt(new UpsState.CommunicationLost(state.clear(), reason), now);
        }
    }

    void brokerLost(String why, long now) {
        levels.keySet().stream()
                .filter(source -> !source.equals(Reading.DIRECT))
                .forEach(unreachableBridges::add);
        if (directSpeaks) {
            return;
        }
        if (lostWithBroker || !(state instanceof UpsState.CommunicationLost)) {
            doubt(new UpsState.CommunicationLost(state.clear(), why), now);
            lostWithBroker = true;
        }
    }

    /** Ends what {@link #brokerLost} began; a loss for another reason stays. */
    void brokerBack(long now) {
        unreachableBridges.clear();
        heardAt = OptionalLong.of(now);
        if (lostWithBroker && state instanceof UpsState.CommunicationLost lost) {
            believe(lost.last(), now);
        }
    }

    /** Since when it is surely on mains. */
    OptionalLong mainsSince() {
        return mainsSince;
    }

    /** Judges silence; that of a source that publishes on change is no loss (R3). */
    void tick(long now) {
        if (heardAt.isEmpty()) {
            heardAt = OptionalLong.of(now);
        }
        long heard = heardAt.getAsLong();
        if (!directSpeaks && longestSilence.isPresent() && now - heard >= longestSilence.getAsLong()) {
            lose("silent for " + Say.seconds(now - heard), heard);
        }
    }

    /** Three questions of whoever is asked for it, at least (R3): one that is not answered decides nothing. */
    private long deadTime() {
        Optional<Duration> every = reading.source().equals(Reading.DIRECT)
                ? ups.nut().map(Ups.NutSource::every)
                : ups.home().map(Ups.HomeSource::every);
        return Math.max(
                declaredDeadTime,
                every.map(one -> one.multipliedBy(3).toNanos()).orElse(0L));
    }

    /** Since when it is critical, once that is confirmed: by two samples, a live FSD, or the end of the dead time. */
    OptionalLong criticalSince(long now) {
        if (state instanceof UpsState.CommunicationLost lost
                && lost.feed() == UpsState.Feed.BATTERY
                && samples.any()
                && samples.criticalSince().isEmpty()) {
            long since = doubtfulSince.orElse(now);
            return now - since >= deadTime() ? OptionalLong.of(since) : OptionalLong.empty();
        }
        return samples.criticalSince();
    }

    /** Until when an unclear status forbids to act on what was said before. */
    OptionalLong undecidedUntil() {
        return state instanceof UpsState.Unclear && doubtfulSince.isPresent()
                ? OptionalLong.of(doubtfulSince.getAsLong() + deadTime())
                : OptionalLong.empty();
    }

    private void turn(StatusSet.Meaning meaning, boolean retained, String source, long now) {
        Optional<UpsState> level = level(meaning);
        if (level.isEmpty()) {
            doubt(new UpsState.Unclear(state.clear()), now);
            return;
        }
        levels.put(source, level.get());
        if (directSpeaks && level.get().feed() == UpsState.Feed.MAINS) {
            // A word of the outage before is no witness of the next.
            levels.entrySet()
                    .removeIf(word -> word.getValue().feed() == UpsState.Feed.BATTERY && isGone(word.getKey()));
        }
        believe(level.get(), now);
        if (state.feed() != UpsState.Feed.BATTERY) {
            samples.forget();
        } else if (!retained) { // what the broker had kept is only a level (R6)
            samples.take(state, now);
        }
    }

    /** Empty for what says neither. */
    private static Optional<UpsState> level(StatusSet.Meaning meaning) {
        return switch (meaning) {
            case ON_MAINS -> Optional.of(new UpsState.Online());
            case LOW_ON_MAINS -> Optional.of(new UpsState.Recharging());
            case FORCED_ON_MAINS -> Optional.of(new UpsState.Forced(UpsState.Feed.UNDECIDED));
            case FORCED_ON_BATTERY -> Optional.of(new UpsState.Forced(UpsState.Feed.BATTERY));
            case LOW_ON_BATTERY -> Optional.of(new UpsState.LowBattery());
            case ON_BATTERY -> Optional.of(new UpsState.OnBattery());
            case UNCLEAR -> Optional.empty();
        };
    }

    private void believe(UpsState clear, long now) {
        state = clear;
        endurance.turned(state.feed(), now);
        doubtfulSince = OptionalLong.empty();
        lostWithBroker = false;
        if (clear.feed() != UpsState.Feed.MAINS) {
            mainsSince = OptionalLong.empty();
        } else if (mainsSince.isEmpty()) {
            mainsSince = OptionalLong.of(now);
        }
    }

    private void doubt(UpsState doubtful, long since) {
        state = doubtful;
        endurance.turned(state.feed(), since);
        mainsSince = OptionalLong.empty();
        lostWithBroker = false;
        if (doubtfulSince.isEmpty()) {
            doubtfulSince = OptionalLong.of(since);
        }
    }
}
