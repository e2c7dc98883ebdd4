package io.ridethrough.target.redfish;

import io.ridethrough.target.way.Ask;
import java.time.Duration;

/** What a management controller is asked. There is no word for taking power away from a machine that does not yield it. */
public sealed interface RedfishAsk extends Ask {
    /** Whether its machine has power. */
    record Power() implements RedfishAsk, Ask.Look {}

    /**
     * Whether it can be told what we would tell it: done, or declined. What its account may do a controller tells only
     * administrators and who does it.
     */
    record Rights() implements RedfishAsk, Ask.Look {}

    /** Switches its machine on; a machine that is on stays as it is. */
    record On(Duration limit) implements RedfishAsk, Ask.Act {}

    /**
     * Presses its machine's power button by ACPI: the machine's own system shuts down and powers off, or does not heed it
     * ({@code GracefulShutdown} of {@code ResetType}, DMTF ComputerSystem schema).
     */
    record GracefulShutdown(Duration limit) implements RedfishAsk, Ask.Act {}
}
