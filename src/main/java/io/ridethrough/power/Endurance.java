package io.ridethrough.power;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a UPS on battery will be empty, as far as it can be told (R11). What it tells jitters and is at times absurd: the
 * median of its last words counts, and only from three on that lie apart. Between words time runs on. Where it told
 * nothing on battery, its last word on mains stands in, then its declared runtime; neither is a reason to hurry. Times are
 * monotonic nanoseconds.
 */
final class Endurance {
    private static final int KEPT = 5;
    private static final int STEADY = 3;

    /**
     * @param at when it will be empty
     * @param steady whether it may be acted on
     * @param basis where it comes from, for people
     */
    record Empty(long at, boolean steady, String basis) {}

    private final Duration declared;
    private final Deque<Long> told = new ArrayDeque<>();
    private Optional<Duration> onMains = Optional.empty();
    private OptionalLong batterySince = OptionalLong.empty();
    private long firstTold;
    private long lastTold;

    Endurance(Duration declared) {
        this.declared = declared;
    }

    /** What feeds the load now. */
    void turned(UpsState.Feed feed, long now) {
        if (feed != UpsState.Feed.BATTERY) {
            batterySince = OptionalLong.empty();
            told.clear();
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
        lastTold = now;
        told.addLast(now + runtime.toNanos());
        if (told.size() > KEPT) {
            told.removeFirst();
        }
    }

    /** When it would be empty if mains went now, where it has not gone already. */
    Empty ifMainsWent(long now) {
        return empty().orElseGet(() -> onMains.map(
                        left -> new Empty(now + left.toNanos(), false, "by what it told on mains"))
                .orElseGet(() -> new Empty(now + declared.toNanos(), false, "by its declared runtime")));
    }

    /** Empty while it is not on battery. */
    Optional<Empty> empty() {
        if (batterySince.isEmpty()) {
            return Optional.empty();
        }
        long since = batterySince.getAsLong();
        if (told.isEmpty()) {
            return Optional.of(
                    onMains.isPresent()
                            ? new Empty(since + onMains.get().toNanos(), false, "by what it told on mains")
                            : new Empty(since + declared.toNanos(), false, "by its declared runtime"));
        }
        long middle =
                told.stream().sorted().skip((told.size() - 1) / 2).findFirst().orElseThrow();
        boolean steady = told.size() >= STEADY && lastTold - firstTold >= Samples.APART;
        return Optional.of(new Empty(middle, steady, steady ? "as it tells" : "as it tells so far"));
    }
}
