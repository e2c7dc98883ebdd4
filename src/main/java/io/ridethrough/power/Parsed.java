package io.ridethrough.power;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What one message of a UPS bridge said. */
public sealed interface Parsed {

    /**
     * Part of a reading; what is absent was not in the message or made no sense.
     *
     * @param charge percent, 0 to 100
     * @param runtime time left on battery; 0, negative and 65535 count as absent
     * @param load percent
     */
    record Update(Optional<StatusSet> status, OptionalInt charge, Optional<Duration> runtime, OptionalInt load)
            implements Parsed {
        /** Only a status. */
        public static Update ofStatus(String tokens) {
            return new Update(
                    Optional.of(StatusSet.of(tokens)), OptionalInt.empty(), Optional.empty(), OptionalInt.empty());
        }
    }

    /** The bridge itself says that it has lost the UPS. */
    record CommunicationLost(String reason) implements Parsed {}

    /** Sound, but about something else. */
    record Ignored(String reason) implements Parsed {}

    /** Nothing of it was believed. The reason holds nothing of the payload. */
    record Rejected(String reason) implements Parsed {}
}
