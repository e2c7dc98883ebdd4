package io.ridethrough.target.plug;

import io.ridethrough.contract.WakeWay.Plug;
import io.ridethrough.target.mqtt.BrokerTalk.Message;
import io.ridethrough.target.way.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The topics and words of one plug. What was told comes by topic; words that are not of the dialect tell nothing. */
interface Dialect {
    /**
     * That of the plug.
     *
     * @param conversation a name that no other conversation has, for a dialect whose answers are addressed
     */
    static Dialect of(Plug plug, String conversation) {
        return switch (plug.kind()) {
            case TASMOTA -> new Tasmota(plug.topic(), plug.output());
            case SHELLY_1 -> new Shelly1(plug.topic(), plug.output());
            case SHELLY_2 -> new Shelly2(plug.topic(), plug.output(), conversation);
        };
    }

    /** Where it answers. */
    Set<String> answers();

    /** Where it, or its last will, keeps whether it is at the broker. */
    String presence();

    /** What asks for its state. */
    List<Message> asks();

    /** Its state, or its no; empty as long as neither was told. */
    Optional<Told> state(Map<String, String> told);

    /** Whether the state was told with all that it could hold: none is waited for longer then. */
    boolean isWhole(Map<String, String> told);

    /** What switches it. */
    Message switches(boolean on);

    /** Whether it says that it did, or its no; empty as long as neither was told. */
    Optional<Told> switched(Map<String, String> told, boolean on);
}
