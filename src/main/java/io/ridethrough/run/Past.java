package io.ridethrough.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a process that has ended did for a step that had not settled then.
 *
 * @param observed whether what was there before the run is in the journal
 * @param attempts every intention, oldest first
 */
record Past(boolean observed, List<Attempt> attempts) {
    static final Past NONE = new Past(false, List.of());

    /**
     * One intention.
     *
     * @param rung its place on the ladder, from 0
     * @param at when it was written, by the wall clock
     * @param answer what the target said, if that was written
     */
    record Attempt(int rung, Rung.Force force, Instant at, Optional<Answer> answer) {}

    /** The same for a step that is tried anew: only what was there before the run is still known. */
    Past forgotten() {
        return new Past(observed, List.of());
    }

    Past {
        attempts = List.copyOf(attempts);
    }

    Optional<Attempt> last() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }
}
