package io.ridethrough.target.unifi;

import io.ridethrough.target.way.Ask;
import java.time.Duration;

/** What is asked of a UniFi controller, whichever way it goes. Devices are named by MAC, in lower case with colons. */
public sealed interface UnifiAsk extends Ask {
    /** What changes nothing. */
    sealed interface Look extends UnifiAsk, Ask.Look {}

    /** What only the classic surface has: the integration API knows no reservations, no watts and no uplink ports. */
    sealed interface Classic extends UnifiAsk {}

    /** Every adopted device and how it stands: {@link UnifiTold.Devices}. */
    record Devices() implements Look {}

    /**
     * Whether the login may do what it is declared for: done, or declined. Where that is not told, the answer says so.
     *
     * @param acts whether it has to act, and not only to look
     */
    record Rights(boolean acts) implements Look {}

    /** Clients that are online: {@link UnifiTold.Clients}. */
    record Clients() implements Look {}

    /**
     * Networks and their VLANs: {@link UnifiTold.Networks}. Nothing compares these by themselves: what is declared of VLANs
     * is the one of each port, which {@link PortNetworks} tell.
     */
    record Networks() implements Look {}

    /** Fixed addresses that DHCP gives: {@link UnifiTold.Reservations}. */
    record Reservations() implements Look, Classic {}

    /** Ports of every device, their PoE, and what hangs on them: {@link UnifiTold.Wiring}. */
    record Wiring() implements Look, Classic {}

    /** On which network each port of every device is: {@link UnifiTold.PortNetworks}. */
    record PortNetworks() implements Look, Classic {}

    /** Outlets of every device: {@link UnifiTold.Outlets}. */
    record Outlets() implements Look, Classic {}

    /** How long every device has been up: {@link UnifiTold.Uptimes}. */
    record Uptimes() implements Look, Classic {}

    /**
     * Restarts a device, leaving its PoE on; accepted is not back, which {@link Uptimes} tell. Goes by
     * {@link GuardedPorts} only.
     */
    record Restart(String mac, Duration limit) implements UnifiAsk, Ask.Act {}

    /** What takes power from something, or gives it. */
    sealed interface Power extends UnifiAsk, Ask.Act {
        String mac();
    }

    /** Takes PoE from a port for some seconds; accepted is not done. Goes by {@link GuardedPorts} only. */
    record CyclePort(String mac, int port, Duration limit) implements Power {}

    /**
     * Switches the relay of an outlet; told with what the relay then says. Goes by {@link GuardedPorts} only.
     *
     * @param outlet its number, from 1
     */
    record SwitchOutlet(String mac, int outlet, boolean on, Duration limit) implements Power, Classic {}
}
