package io.ridethrough.target.plug;

import io.ridethrough.target.way.Told;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a smart plug shows. */
public sealed interface PlugTold extends Told.Seen {
    /**
     * How it stands now.
     *
     * @param on whether it gives power
     * @param watts what is drawn through it; empty where it does not measure
     */
    record State(boolean on, OptionalDouble watts) implements PlugTold {
        @Override
        public String words() {
            String drawn = watts.isPresent() ? String.format(Locale.ROOT, " and %.1f W", watts.getAsDouble()) : "";
            return (on ? "on" : "off") + drawn;
        }
    }
}
