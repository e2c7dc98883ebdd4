package io.ridethrough.target.unifi;

import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What a look at a controller showed, whichever way it was asked. MACs are in lower case with colons. */
public sealed interface UnifiTold extends Told.Seen {
    /** How a device stands. */
    enum State {
        ONLINE,
        OFFLINE,
        /** It restarts, upgrades, is provisioned or adopted: it will say more soon. */
        CHANGING,
        /** It needs a person, or the word is not known here. */
        OTHER
    }

    /** A device; {@code word} is what the controller calls its state. */
    record Device(String mac, String name, String model, State state, String word) {}

    record Devices(List<Device> devices) implements UnifiTold {
        public Devices {
            devices = List.copyOf(devices);
        }
    }

    /** How a device stands and since how long it has been up; {@code word} is what the controller calls its state. */
    record Uptime(String mac, State state, String word, Duration up) {}

    record Uptimes(List<Uptime> devices) implements UnifiTold {
        public Uptimes {
            devices = List.copyOf(devices);
        }
    }

    /**
     * A client.
     *
     * @param at the MAC of the device it hangs on, where that is told
     * @param port of that device; empty where it is not told, and for radios
     */
    record Client(String mac, String name, Optional<String> address, Optional<String> at, OptionalInt port) {}

    record Clients(List<Client> clients) implements UnifiTold {
        public Clients {
            clients = List.copyOf(clients);
        }
    }

    /** A network; without a VLAN it is untagged. */
    record Network(String name, OptionalInt vlan) {}

    record Networks(List<Network> networks) implements UnifiTold {
        public Networks {
            networks = List.copyOf(networks);
        }
    }

    /** A fixed address. */
    record Reservation(String mac, String name, String address) {}

    record Reservations(List<Reservation> reservations) implements UnifiTold {
        public Reservations {
            reservations = List.copyOf(reservations);
        }
    }

    /** What a port does for PoE. */
    enum Poe {
        /** It cannot give any. */
        NONE,
        OFF,
        ON
    }

    /** What a port is in the tree of devices. */
    enum Role {
        UPLINK,
        /** Another device hangs on it. */
        DOWNLINK,
        EDGE
    }

    /** A port, by its number from 1. */
    record Port(int index, Poe poe, OptionalDouble watts, Role role) {}

    /** A device's ports; {@code budget} is what its PoE can give in watts, where it says so. */
    record Switch(String mac, String name, OptionalDouble budget, List<Port> ports) {
        public Switch {
            ports = List.copyOf(ports);
        }

        /** What PoE gives now, in watts. */
        public double watts() {
            return ports.stream().mapToDouble(port -> port.watts().orElse(0)).sum();
        }
    }

    /** Every device with ports, and every client. */
    record Wiring(List<Switch> switches, List<Client> clients) implements UnifiTold {
        public Wiring {
            switches = List.copyOf(switches);
            clients = List.copyOf(clients);
        }
    }

    /**
     * The network that is untagged on a port.
     *
     * @param network empty where the port does not say; then a profile says it
     */
    record PortNetwork(String mac, int port, Optional<Network> network) {}

    record PortNetworks(List<PortNetwork> ports) implements UnifiTold {
        public PortNetworks {
            ports = List.copyOf(ports);
        }
    }

    /**
     * An outlet of a device.
     *
     * @param relay whether it gives power, as the device told last
     * @param set whether it is set to give power; where nothing is set, as {@code relay}
     */
    record Outlet(String mac, int index, String name, boolean relay, boolean set) {
        /** It gives no power, or will not soon. */
        public boolean mayBeOff() {
            return !relay || !set;
        }
    }

    record Outlets(List<Outlet> outlets) implements UnifiTold {
        public Outlets {
            outlets = List.copyOf(outlets);
        }
    }
}
