package io.ridethrough.power;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * When a UPS on battery will be empty, as far as it can be told (R11). What it tells jitters and is at times absurd: the
 * median of its last words counts, and only from three on that lie apart, each taken at what earlier discharges delivered.
 * Between words time runs on. Where it told nothing on battery, its last word on mains stands in, then its declared
 * runtime; neither is a reason to hurry. Times are monotonic nanoseconds.
 */
final class Endurance {
    private static final int KEPT = 5;
    private static final int STEADY = 3;
    /** Which part of what it told first must be spent before that measures its battery. */
    private static final int MEASURED = 4;

    /**
     * @param at when it will be empty
     * @param steady whether it may be acted on
     * @param basis where it comes from, for people
     */
    record Empty(long at, boolean steady, String basis) {}

    /** What it told of its battery, as it is: for how long that was watched, and by how much it shrank. */
    record Spent(Duration lasted, Duration fell) {}

    private record Word(long at, Duration left) {}

    /** The first steady word of a discharge. */
    private record First(long at, Duration left) {}

    private final Duration declared;
    private final Deque<Word> told = new ArrayDeque<>();
    private Optional<Duration> onMains = Optional.empty();
    private OptionalLong batterySince = OptionalLong.empty();
    private Optional<First> first = Optional.empty();
    private long firstTold;
    private double delivered = 1;

    Endurance(Duration declared) {
        this.declared = declared;
    }

    /** From now on it is taken at this part of its word. */
    void deliver(double part) {
        delivered = part;
    }

    /** How long it carries its load when it is full. */
    Duration whenFull() {
        return taken(declared);
    }

    /** What feeds the load now. */
    void turned(UpsState.Feed feed, long now) {
        if (feed != UpsState.Feed.BATTERY) {
            batterySince = OptionalLong.empty();
            told.clear();
            first = Optional.empty();
        } else if (batterySince.isEmpty()) {
            batterySince = OptionalLong.of(now);
        }
    }

    /** A live word of its runtime. */
    void told(Duration runtime, long now) {
        if (batterySince.isEmpty()) {
            onMains = Optional.of(runtime);
            return;
        }
        firstTold = told.isEmpty() ? now : firstTold;
        told.addLast(new Word(now, runtime));
        if (told.size() > KEPT) {
            told.removeFirst();
        }
        if (first.isEmpty() && isSteady()) {
            first = Optional.of(new First(now, Duration.ofNanos(middle(UnaryOperator.identity()) - now)));
        }
    }

    /**
     * What this discharge has shown by now, once a quarter of what it told first is spent. What it tells must fall at least
     * half as fast as time passes: one that tells the same whatever happens shows nothing.
     *
     * @param low whether the battery surely is low: then it needs no quarter, and its last word counts
     */
    Optional<Spent> spent(boolean low) {
        if (first.isEmpty() || told.isEmpty()) {
            return Optional.empty();
        }
        long now = told.getLast().at();
        long lasted = now - first.get().at();
        Duration began = first.get().left();
        Duration left = low ? told.getLast().left() : Duration.ofNanos(middle(UnaryOperator.identity()) - now);
        Duration fell = began.minus(left);
        boolean falls = fell.toNanos() >= lasted / 2 && lasted > 0;
        return falls && (low || lasted >= began.dividedBy(MEASURED).toNanos())
                ? Optional.of(new Spent(Duration.ofNanos(lasted), fell))
                : Optional.empty();
    }

    /** When it would be empty if mains went now, where it has not gone already. */
    Empty ifMainsWent(long now) {
        return empty().orElseGet(() -> notTold(now));
    }

    /** Empty while it is not on battery. */
    Optional<Empty> empty() {
        if (batterySince.isEmpty()) {
            return Optional.empty();
        }
        if (told.isEmpty()) {
            return Optional.of(notTold(batterySince.getAsLong()));
        }
        boolean steady = isSteady();
        return Optional.of(
                new Empty(middle(this::taken), steady, (steady ? "as it tells" : "as it tells so far") + measured()));
    }

    private Empty notTold(long since) {
        return onMains.map(left ->
                        new Empty(since + taken(left).toNanos(), false, "by what it told on mains" + measured()))
                .orElseGet(() ->
                        new Empty(since + taken(declared).toNanos(), false, "by its declared runtime" + measured()));
    }

    private boolean isSteady() {
        return told.size() >= STEADY && told.getLast().at() - firstTold >= Samples.APART;
    }

    /** When it is empty by the median of its last words. */
    private long middle(UnaryOperator<Duration> taken) {
        return told.stream()
                .mapToLong(word -> word.at() + taken.apply(word.left()).toNanos())
                .sorted()
                .skip((told.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    private Duration taken(Duration word) {
        return delivered == 1 ? word : Duration.ofMillis(Math.round(word.toMillis() * delivered));
    }

    private String measured() {
        return delivered == 1 ? "" : ", at the " + Discharge.percent(delivered) + " % that it was measured to deliver";
    }
}
