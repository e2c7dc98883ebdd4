package io.ridethrough.power;

import java.time.Duration;
import java.util.Collection;

/** Who says that mains is gone, and what that is worth (R2). */
final class Witnesses {
    private final Collection<UpsTrack> tracks;
    private final Duration singleDelay;

    Witnesses(Collection<UpsTrack> tracks, Duration singleDelay) {
        this.tracks = tracks;
        this.singleDelay = singleDelay;
    }

    /** How many sources say so. */
    long count() {
        return tracks.stream().mapToLong(t -> t.witnesses().size()).sum();
    }

    /** Whether two sources say so, or one said so twice, apart in time. */
    boolean corroborated() {
        return count() >= 2 || tracks.stream().anyMatch(t -> t.secondSample().isPresent());
    }

    /** How much longer than its hold an outage must last. */
    Duration delayOfHold() {
        return corroborated() ? Duration.ZERO : singleDelay;
    }

    /** How long a critical battery waits for a second source: at most what its runtime leaves beside the forecast. */
    long delayOfCritical(Duration forecast, long now) {
        if (count() >= 2) {
            return 0;
        }
        Duration delay = singleDelay;
        for (UpsTrack track : tracks) {
            if (track.criticalSince(now).isPresent()
                    && track.reading().runtime().isPresent()) {
                Duration spare = track.reading().runtime().get().minus(forecast);
                delay = spare.compareTo(delay) < 0 ? spare : delay;
            }
        }
        return Math.max(0, delay.toNanos());
    }

    /** An unclear status after "on battery" puts off what is due, for the dead time at most. */
    long undecidedUntil(long since) {
        return tracks.stream()
                .filter(t -> t.state().feed() == UpsState.Feed.BATTERY)
                .flatMapToLong(t -> t.undecidedUntil().stream())
                .max()
                .orElse(since);
    }

    /** What those on battery said, in their words. */
    String words() {
        return String.join(
                ", ",
                tracks.stream()
                        .filter(t -> t.state().feed() == UpsState.Feed.BATTERY)
                        .map(t -> t.id() + " said " + t.reading().status()
                                + (t.state() instanceof UpsState.CommunicationLost lost
                                        ? ", then was lost (" + lost.reason() + ")"
                                        : ""))
                        .toList());
    }

    @Override
    public String toString() {
        long count = count();
        return count >= 2 || !corroborated() ? count + (count == 1 ? " witness" : " witnesses") : "1 witness, twice";
    }
}
