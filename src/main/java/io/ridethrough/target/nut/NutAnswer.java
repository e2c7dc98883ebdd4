package io.ridethrough.target.nut;

import java.util.Map;

/** What came of asking a NUT server about one UPS. */
public sealed interface NutAnswer {
    /** Its variables by NUT's own names. */
    record Variables(Map<String, String> values) implements NutAnswer {
        public Variables {
            values = Map.copyOf(values);
        }
    }

    /**
     * The server answers, but has lost the UPS: {@code DATA-STALE} or {@code DRIVER-NOT-CONNECTED}.
     *
     * @param why the server's own word
     */
    record Stale(String why) implements NutAnswer {}

    /** The server refuses: unknown UPS, access denied and the like. Asking again will not help. */
    record Refused(String why) implements NutAnswer {}

    /** No server, or none that can be understood, within the patience. */
    record Silent(String why) implements NutAnswer {}
}
