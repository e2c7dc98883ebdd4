package io.ridethrough.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What is known of the ways to the targets without asking any of them. Thread-safe. */
@FunctionalInterface
public interface TargetReport {
    /** Every way that stands now, by target, then by way. */
    List<WayState> ways();

    /** How a circuit breaker stands. An open one half-opens with the first call after its pause. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN;

        /** As people and monitors read it. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Trouble of a way, never a refusal by the target. */
    record Trouble(Instant at, String words) {}

    /**
     * One way to one target.
     *
     * @param target as site/name, or the name of a declared question that belongs to no single site
     * @param way for example {@code ssh} or {@code proxmox}
     * @param inFlight calls that were sent and have not come back
     * @param limit how many go side by side at most, where the way has such a bound; more wait their turn. Over HTTP that
     *     is of requests: what waits between them for the target to end what it began is in flight beyond it
     */
    record WayState(
            String target,
            String way,
            State state,
            Optional<Instant> lastAnswer,
            Optional<Trouble> lastTrouble,
            int inFlight,
            OptionalInt limit) {
        /** The part of the target's name before the slash; empty without one. */
        String site() {
            return target.substring(0, Math.max(0, target.indexOf('/')));
        }

        /** Whether calls are let through without a doubt. */
        boolean well() {
            return state == State.CLOSED;
        }
    }
}
