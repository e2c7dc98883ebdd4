package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the power of a site calls for, with the reason for people. Whether it may be done is for gates to say. */
public sealed interface Decision {
    /** One sentence without a full stop. */
    String reason();

    /** Which way it sends the site, if it does. */
    default Optional<Course> sends() {
        if (this instanceof BeginShutdown) {
            return Optional.of(Course.DOWN);
        }
        if (this instanceof TurnedAround || this instanceof Shed) {
            return Optional.of(Course.PARTLY_DOWN);
        }
        return this instanceof BeginStartup ? Optional.of(Course.UP) : Optional.empty();
    }

    /** Nothing is called for. */
    record Nothing(String reason) implements Decision {}

    /**
     * Something is called for unless it is contradicted before.
     *
     * @param left the time from this evaluation on
     */
    record Holding(Duration left, String reason) implements Decision {}

    /**
     * The site is to be taken down.
     *
     * @param urgency whether the hold was waited for
     */
    record BeginShutdown(String reason, Urgency urgency) implements Decision {}

    /**
     * Power is back and believed: what went down may come up.
     *
     * @param guests what was shed, where nothing else went down; empty for the whole site
     */
    record BeginStartup(String reason, Set<AssetId> guests) implements Decision {
        public BeginStartup {
            guests = Set.copyOf(guests);
        }
    }

    /** Mains was back before the point of no return: what had not begun of the shutdown is called off (R13). */
    record TurnedAround(String reason) implements Decision {}

    /** A part of the site is to go down, so that the battery carries the rest for longer (R11). */
    record Shed(Set<AssetId> guests, String reason) implements Decision {
        public Shed {
            guests = Set.copyOf(guests);
        }
    }

    /** A battery was measured while it carried its load; it is taken at that from its next discharge on (R11). */
    record Discharged(Discharge measured) implements Decision {
        @Override
        public String reason() {
            return measured.toString();
        }
    }

    /** A person should know. It triggers nothing. */
    record Alarm(String reason) implements Decision {}

    /** Why a shutdown begins now. */
    enum Urgency {
        /** The outage outlasted its hold. */
        HOLD_OVER,
        /** A shutdown that begins later would not end before the battery does (R11). */
        LATEST_START,
        /** The battery is nearly empty, or all word of it was lost while it discharged. */
        EMERGENCY
    }
}
