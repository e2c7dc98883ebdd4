package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A site's supplies and how an outage is judged.
 *
 * @param fedBy the supplies of each asset; an asset that is absent is not fed by any UPS
 * @param minimum how many of its supplies an asset needs; absent means 1
 * @param shed what goes before the site does, the least needed first
 */
public record Power(
        List<Ups> upses,
        Map<AssetId, Set<AssetId>> fedBy,
        Map<AssetId, Integer> minimum,
        Policy policy,
        List<Shed> shed) {
    public Power {
        upses = List.copyOf(upses);
        fedBy = Map.copyOf(fedBy);
        minimum = Map.copyOf(minimum);
        shed = List.copyOf(shed);
    }

    /** Power of a site that sheds nothing. */
    public Power(List<Ups> upses, Map<AssetId, Set<AssetId>> fedBy, Map<AssetId, Integer> minimum, Policy policy) {
        this(upses, fedBy, minimum, policy, List.of());
    }

    /**
     * Guests that an outage takes down while the rest of the site goes on, so that the battery lasts (R11). Nothing that
     * stays up needs them.
     *
     * @param after how long an outage has lasted by then
     * @param below how little the battery has left by then; where it is not known, it counts as less
     */
    public record Shed(String id, Set<AssetId> guests, Duration after, Optional<Duration> below) {
        public Shed {
            guests = Set.copyOf(guests);
        }

        /** How long an outage has lasted when the group goes, where the battery has so much left at its beginning. */
        public Duration at(Duration left) {
            Duration low = below.map(left::minus).orElse(Duration.ZERO);
            return low.compareTo(after) > 0 ? low : after;
        }
    }

    /**
     * When to believe what (R2, R3).
     *
     * @param outageHold how long on battery before a shutdown begins
     * @param returnHold how long on mains before a startup begins; longer than {@code outageHold}
     * @param returnCharge percent of charge needed before a startup begins
     * @param deadTime silence after which a periodic source is lost
     * @param singleWitnessDelay how much longer to wait when only one source says so
     * @param onReturn what mains that is back in mid-shutdown does to it
     * @param start when an outage that outlasts its hold calls for a shutdown
     * @param maxDark after mains has lasted for so long, a battery that does not charge keeps nothing dark any more (R17)
     * @param defer for how long a person may put off a shutdown by power each time; zero where nobody may
     */
    public record Policy(
            Duration outageHold,
            Duration returnHold,
            int returnCharge,
            Duration deadTime,
            Duration singleWitnessDelay,
            OnReturn onReturn,
            Start start,
            Duration maxDark,
            Duration defer) {
        /** Nobody may put anything off. */
        public Policy(
                Duration outageHold,
                Duration returnHold,
                int returnCharge,
                Duration deadTime,
                Duration singleWitnessDelay,
                OnReturn onReturn,
                Start start,
                Duration maxDark) {
            this(
                    outageHold,
                    returnHold,
                    returnCharge,
                    deadTime,
                    singleWitnessDelay,
                    onReturn,
                    start,
                    maxDark,
                    Duration.ZERO);
        }
    }

    /** When an outage that has outlasted its hold calls for a shutdown; its latest start and what is critical always do. */
    public enum Start {
        /** At once. */
        AFTER_HOLD,
        /** When half of the battery is spent: half its charge, or half of the runtime that it told first (R11). */
        BY_BATTERY,
        /** At its latest start, once a discharge of each battery was measured; until then as {@link #BY_BATTERY} (R11). */
        JUST_IN_TIME
    }

    /** What becomes of a shutdown when mains is back in the middle of it. */
    public enum OnReturn {
        /** What has not begun is called off, unless its point of no return is passed (R13). */
        TURN_AROUND,
        /** It is finished in any case, as NUT does it (R14). */
        FINISH_DOMAIN
    }
}
