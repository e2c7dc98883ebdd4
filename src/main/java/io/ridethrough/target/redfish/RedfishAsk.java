package io.ridethrough.target.redfish;

import io.ridethrough.target.way.Ask;
import java.time.Duration;

/** What a management controller is asked. There is no word for taking power away. */
public sealed interface RedfishAsk extends Ask {
    /** Whether its machine has power. */
    record Power() implements RedfishAsk, Ask.Look {}

    /** Switches its machine on; a machine that is on stays as it is. */
    record On(Duration limit) implements RedfishAsk, Ask.Act {}
}
