package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The newest known of a UPS, put together from its messages.
 *
 * @param charge percent
 * @param runtime time left on battery, as the UPS estimates it
 * @param load percent
 * @param retained whether the broker had kept the status: state, never an event (R6)
 * @param source which way it came, for example {@code mqtt}; different sources are different witnesses
 */
public record Reading(
        AssetId ups,
        StatusSet status,
        OptionalInt charge,
        Optional<Duration> runtime,
        OptionalInt load,
        boolean retained,
        String source) {

    /** The source of what a NUT server says when it is asked. */
    public static final String DIRECT = "nut";

    /** This reading with what the update carries; the rest stays. */
    Reading with(Parsed.Update update, boolean nowRetained, String nowSource) {
        boolean newStatus = update.status().isPresent();
        return new Reading(
                ups,
                update.status().orElse(status),
                update.charge().isPresent() ? update.charge() : charge,
                update.runtime().or(() -> runtime),
                update.load().isPresent() ? update.load() : load,
                newStatus ? nowRetained : retained,
                newStatus ? nowSource : source);
    }

    static Reading unheard(AssetId ups) {
        return new Reading(ups, StatusSet.of(""), OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), true, "");
    }
}
